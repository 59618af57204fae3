// Loaded into the server before anything else: at each SIGUSR2 its wall clock jumps a minute ahead.
const MINUTE_MS = 60_000;
const wallMs = Date.now;
let aheadMs = 0;

Date.now = () => wallMs() + aheadMs;
process.on('SIGUSR2', () => {
  aheadMs += MINUTE_MS;
});
