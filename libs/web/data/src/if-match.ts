/** Header by which a write is refused when what it is about is not at this version any more. */
export const ifMatch = (version: number): { readonly 'If-Match': string } => ({ 'If-Match': `"${version}"` });
