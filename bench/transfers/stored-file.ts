/** What a store of the bench holds, as it tells the clients. */
export interface StoredFile {
  url: string;
  name: string;
  bytes: number;
  md5: string;
}

/** A name of a Sentinel-2 file of parameters, a second apart from the next. */
export function nameOf(index: number): string {
  const time = new Date(Date.UTC(2015, 5, 5) + index * 1000).toISOString().replace(/[-:]|[.].*/g, '');
  return `S2A_OPER_GIP_R2DENT_MPC__${time}_V20150622T000000_21000101T000000_B06.TGZ`;
}
