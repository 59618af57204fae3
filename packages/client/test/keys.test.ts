import { describe, expect, it } from 'vitest';
import { createKeyPair, Signer } from '../src/index.js';

const SEED = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=';
const PUBLIC = 'A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=';
const TEXT = 'instruction=orderCancel&orderId=28&symbol=BTC_USDT&timestamp=1614550000000&window=5000';
const SIGNATURE = '80cYcHmUHbvcO3IonY2y+nObqUTRkZrNbRsPB30r+NjqgKfP5DIFKryC0ea11fMcweyoymFT+S2cGbPACyinDw==';

describe('a signer', () => {
  it("reproduces the reference's test vector from 32 bytes and from 64", () => {
    const long = Buffer.concat([Buffer.from(SEED, 'base64'), Buffer.from(PUBLIC, 'base64')]).toString('base64');
    for (const apiSecret of [SEED, long]) {
      const signer = new Signer({ apiSecret });
      expect(signer.apiKey).toBe(PUBLIC);
      expect(signer.sign(TEXT)).toBe(SIGNATURE);
    }
  });

  it('refuses keys that do not belong together and secrets of another length', () => {
    expect(() => new Signer({ apiKey: createKeyPair().apiKey, apiSecret: SEED })).toThrow('does not belong');
    expect(() => new Signer({ apiSecret: 'AAEC' })).toThrow('32 or 64 bytes');
  });

  it('accepts every pair that createKeyPair makes', () => {
    for (let count = 0; count < 20; count += 1) {
      const pair = createKeyPair();
      expect(new Signer(pair).apiKey).toBe(pair.apiKey);
      expect(Buffer.from(pair.apiSecret, 'base64')).toHaveLength(32);
    }
  });
});
