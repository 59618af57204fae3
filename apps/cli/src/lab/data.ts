// Fetches the archives of a scenario one after the other, with a progress bar; says what has to come from elsewhere.
import { join } from 'node:path';
import { archiveFiles, BINANCE_ARCHIVE, download, readScenario, sourcesWithoutArchive } from '@glasshouse/lab';
import { terminalProgress } from '../terminal/progress.js';

export type DataArguments = { readonly data: string; readonly baseUrl?: string };

export async function getData(name: string, { data, baseUrl = BINANCE_ARCHIVE }: DataArguments): Promise<void> {
  const scenario = readScenario(name);
  const files = archiveFiles(scenario, baseUrl);
  const progress = terminalProgress();
  progress.start('files', files.length);
  let downloaded = 0;
  try {
    for (const [place, { url, path }] of files.entries()) {
      if ((await download(url, join(data, path))) === 'downloaded') downloaded += 1;
      progress.at(place + 1);
    }
  } finally {
    progress.stop();
  }
  console.log(
    `${scenario.name}: ${downloaded} files downloaded, ${files.length - downloaded} there already, in ${data}`,
  );
  for (const { name: source, file } of sourcesWithoutArchive(scenario)) {
    console.log(`${source} publishes no archive that is known here: ${join(data, file)} must come from elsewhere`);
  }
}
