// Everything here is generated; see README.md.
export * from './generated';
