/** The package's version, which package.json has: the build writes it here. */
export const version: string = 'development';
