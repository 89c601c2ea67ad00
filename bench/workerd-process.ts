import { readdirSync, readFileSync } from 'node:fs';

/** The most memory that workerd has had so far; undefined where /proc is not there to tell. */
export function residentSet(): number | undefined {
  const peaks = ourWorkerds().map(id => /^VmHWM:\s+(\d+) kB$/mu.exec(procFile(id, 'status'))?.[1]);
  return peaks.length === 0 ? undefined : Math.max(...peaks.map(Number)) * 1024;
}

/** Milliseconds of CPU that workerd has used so far, whatever else this machine was doing; NaN without /proc. */
export function cpuTime(): number {
  const ticks = ourWorkerds().map(id => {
    const fields = procFile(id, 'stat').split(') ')[1]!.split(' ');
    return Number(fields[11]) + Number(fields[12]);
  });
  return ticks.length === 0 ? Number.NaN : Math.max(...ticks) * 10;
}

function ourWorkerds(): readonly string[] {
  try {
    return readdirSync('/proc').filter(name => /^\d+$/u.test(name) && isOurWorkerd(name));
  } catch {
    return [];
  }
}

function procFile(id: string, name: string): string {
  return readFileSync(`/proc/${id}/${name}`, 'utf8');
}

function isOurWorkerd(id: string): boolean {
  try {
    const status = procFile(id, 'status');
    return /^Name:\s+workerd$/mu.test(status) && status.includes(`\nPPid:\t${process.pid}\n`);
  } catch {
    return false;
  }
}
