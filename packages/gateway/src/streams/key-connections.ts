// How many connections listen with one key: a key that is lent around, or a client that never closes, does not take up the house.

export class KeyConnections {
  private readonly byKey = new Map<number, Set<object>>();
  private readonly keysOf = new Map<object, Set<number>>();

  constructor(private readonly maxPerKey: number) {}

  /** False when the key has its share already. */
  admit(keyId: number, connection: object): boolean {
    const connections = this.byKey.get(keyId) ?? new Set();
    if (connections.has(connection)) return true;
    if (connections.size >= this.maxPerKey) return false;
    this.byKey.set(keyId, connections.add(connection));
    this.keysOf.set(connection, (this.keysOf.get(connection) ?? new Set<number>()).add(keyId));
    return true;
  }

  forget(connection: object): void {
    for (const keyId of this.keysOf.get(connection) ?? []) {
      const connections = this.byKey.get(keyId);
      connections?.delete(connection);
      if (connections?.size === 0) this.byKey.delete(keyId);
    }
    this.keysOf.delete(connection);
  }
}
