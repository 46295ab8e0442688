import ts from 'typescript';
import { fileURLToPath } from 'node:url';

/**
 * Compiles a file of this folder as a project that has installed the package would.
 *
 * @returns what the compiler complains about
 */
export function compile(file: string, options: ts.CompilerOptions = {}): string[] {
  const program = ts.createProgram([fileURLToPath(new URL(file, import.meta.url))], {
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
  });
  return (
    ts
      .getPreEmitDiagnostics(program)
      // What other packages declare is theirs to mend.
      .filter((found) => !found.file?.fileName.includes('/node_modules/'))
      .map((found) => `${found.file?.fileName}: ${ts.flattenDiagnosticMessageText(found.messageText, '\n')}`)
  );
}
