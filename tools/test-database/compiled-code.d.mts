export const compiledCode: string;
