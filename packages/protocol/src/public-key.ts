const PUBLIC_KEY = /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/;

/** Canonical base64 of 32 bytes: a key has one spelling, so that none can be registered a second time under another. */
export function isPublicKeyText(text: string): boolean {
  return PUBLIC_KEY.test(text);
}
