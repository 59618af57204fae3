// `account new`: registers with a running sandbox and asks its faucet for funds.
import { Command, InvalidArgumentError } from 'commander';
import type { Fund } from '../accounts/open-account.js';

type NewArguments = { readonly url: string; readonly fund: readonly Fund[]; readonly json?: true };

const FUND = /^([A-Za-z0-9]{1,16})=(\d+(?:\.\d+)?)$/;

/** `USDC=1000,SOL=10.5`. */
export function parseFunds(text: string): Fund[] {
  return text.split(',').map((part) => {
    const match = FUND.exec(part.trim());
    if (match === null) throw new InvalidArgumentError(`"${part}" is not ASSET=QUANTITY.`);
    return { symbol: match[1] as string, quantity: match[2] as string };
  });
}

const newAccount = () =>
  new Command('new')
    .summary('register an account with a new key, and fund it')
    .description('Makes a key, registers an account with it and asks the faucet for funds. The secret is shown once.')
    .option('--url <url>', 'where the exchange is', 'http://127.0.0.1:8080')
    .option('--fund <list>', 'what to ask the faucet for, such as USDC=1000000,SOL=10000', parseFunds, [])
    .option('--json', 'print {accountId, apiKey, apiSecret} as JSON')
    .action(async (given: NewArguments) => {
      const { openAccount } = await import('../accounts/open-account.js');
      const account = await openAccount(given.url, given.fund);
      if (given.json === true) return console.log(JSON.stringify(account));
      console.log(`accountId  ${account.accountId}\napiKey     ${account.apiKey}\napiSecret  ${account.apiSecret}`);
    })
    .addHelpText(
      'after',
      '\nKeys are base64: the Ed25519 public key and its 32-byte seed, as clients of Backpack take them.\n\nExamples:\n  $ glasshouse account new --fund USDC=1000000,SOL=10000 --json\n  $ glasshouse account new --url http://127.0.0.1:9000',
    );

export function accountCommand(): Command {
  return new Command('account')
    .summary('accounts of a running sandbox')
    .description('Accounts of a running sandbox.')
    .addCommand(newAccount());
}
