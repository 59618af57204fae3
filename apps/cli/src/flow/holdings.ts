// Which of our orders stand for which recorded order. One to one, until a recorded execution names an order that is not the
// next in our queue: our engine fills the one that is, and the two swap what they stand for.

type Piece = { readonly orderId: number; lots: number };

export class Holdings {
  readonly #pieces = new Map<string, Piece[]>();
  readonly #owners = new Map<number, string[]>();

  add(recordedId: string, orderId: number, lots: number): void {
    const pieces = this.#pieces.get(recordedId);
    const piece = pieces?.find((candidate) => candidate.orderId === orderId);
    if (piece !== undefined) {
      piece.lots += lots;
      return;
    }
    if (pieces === undefined) this.#pieces.set(recordedId, [{ orderId, lots }]);
    else pieces.push({ orderId, lots });
    const owners = this.#owners.get(orderId);
    if (owners === undefined) this.#owners.set(orderId, [recordedId]);
    else owners.push(recordedId);
  }

  has(recordedId: string): boolean {
    return this.#pieces.has(recordedId);
  }

  lots(recordedId: string): number {
    return (this.#pieces.get(recordedId) ?? []).reduce((sum, piece) => sum + piece.lots, 0);
  }

  /** Takes up to `lots` from what stands for the order, newest first, and says from which of our orders. */
  take(recordedId: string, lots: number): readonly Piece[] {
    const taken: Piece[] = [];
    let left = lots;
    for (const piece of [...(this.#pieces.get(recordedId) ?? [])].reverse()) {
      const part = this.#takePiece(recordedId, piece, left);
      if (part > 0) taken.push({ orderId: piece.orderId, lots: part });
      left -= part;
    }
    return taken;
  }

  /**
   * Our engine filled `lots` of `orderId` where the record names `recordedId`. Returns the lots that were another's: their
   * owner is given as many of the pieces that stood for the named order.
   */
  fill(recordedId: string, orderId: number, lots: number): number {
    let left = lots - this.#takeFrom(recordedId, orderId, lots);
    const displaced = left;
    for (const owner of [...(this.#owners.get(orderId) ?? [])]) {
      const part = this.#takeFrom(owner, orderId, left);
      for (const piece of part > 0 ? this.take(recordedId, part) : []) this.add(owner, piece.orderId, piece.lots);
      left -= part;
    }
    return displaced;
  }

  #takeFrom(recordedId: string, orderId: number, lots: number): number {
    const piece = this.#pieces.get(recordedId)?.find((candidate) => candidate.orderId === orderId);
    return piece === undefined ? 0 : this.#takePiece(recordedId, piece, lots);
  }

  #takePiece(recordedId: string, piece: Piece, lots: number): number {
    const part = Math.min(piece.lots, lots);
    piece.lots -= part;
    if (piece.lots === 0) this.#forget(recordedId, piece);
    return part;
  }

  #forget(recordedId: string, piece: Piece): void {
    const pieces = (this.#pieces.get(recordedId) ?? []).filter((candidate) => candidate !== piece);
    if (pieces.length === 0) this.#pieces.delete(recordedId);
    else this.#pieces.set(recordedId, pieces);
    const owners = (this.#owners.get(piece.orderId) ?? []).filter((owner) => owner !== recordedId);
    if (owners.length === 0) this.#owners.delete(piece.orderId);
    else this.#owners.set(piece.orderId, owners);
  }
}
