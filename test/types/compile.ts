import ts from 'typescript';
import { fileURLToPath } from 'node:url';

/** A mistake that the compiler has found. */
export interface Complaint {
  file: string;
  line: number;
  text: string;
}

/** Node's way to resolve modules is the default; this is the one of bundlers. */
export const bundler: ts.CompilerOptions = {
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
};

/**
 * Compiles files of this folder, together, as a project that has installed the package would.
 *
 * @returns what the compiler complains about
 */
export function compile(files: readonly string[], options: ts.CompilerOptions = {}): string[] {
  const paths = files.map((file) => fileURLToPath(new URL(file, import.meta.url)));
  return complaintsAbout(paths, options).map(({ file, line, text }) => `${file}:${line}: ${text}`);
}

/**
 * Compiles sources that are in no file.
 *
 * @param sources by path: where they would be
 */
export function compileSources(
  sources: ReadonlyMap<string, string>,
  options: ts.CompilerOptions = {},
): Complaint[] {
  return complaintsAbout([...sources.keys()], options, sources);
}

function complaintsAbout(
  paths: string[],
  options: ts.CompilerOptions,
  sources: ReadonlyMap<string, string> = new Map(),
): Complaint[] {
  const all: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    jsx: ts.JsxEmit.ReactJSX,
    strict: true,
    noEmit: true,
    skipLibCheck: false,
    types: [],
    ...options,
  };
  return (
    ts
      .getPreEmitDiagnostics(ts.createProgram(paths, all, hostOf(all, sources)))
      // What other packages declare is theirs to mend, but not what the browser's own interfaces get from us.
      .filter(({ file }) => !file || !/\/node_modules\/(?!typescript\/lib\/)/.test(file.fileName))
      .map(({ file, start, messageText }) => ({
        file: file?.fileName ?? '',
        line: file ? file.getLineAndCharacterOfPosition(start!).line + 1 : 0,
        text: ts.flattenDiagnosticMessageText(messageText, '\n'),
      }))
  );
}

/** Declarations are parsed once for all programs of a process: most of the time goes there. */
const parsed = new Map<string, ts.SourceFile | undefined>();

function hostOf(options: ts.CompilerOptions, sources: ReadonlyMap<string, string>): ts.CompilerHost {
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (file) => sources.has(file) || fileExists(file);
  host.getSourceFile = (file, format, ...rest) => {
    const source = sources.get(file);
    if (source !== undefined) return ts.createSourceFile(file, source, format, true);
    if (!file.endsWith('.d.ts')) return getSourceFile(file, format, ...rest);
    const key = `${file} ${JSON.stringify(format)}`;
    if (!parsed.has(key)) parsed.set(key, getSourceFile(file, format, ...rest));
    return parsed.get(key);
  };
  return host;
}
