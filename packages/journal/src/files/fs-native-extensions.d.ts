declare module 'fs-native-extensions' {
  /** False when another open file holds it. The kernel drops the lock when the descriptor closes, however it closes. */
  export function tryLock(fd: number): boolean;
}
