//! What can be told of functions before their first call: handlers that are not there, code that does not parse,
//! interpreters that are missing.
//!
//! In: a configuration and the files behind it. Out: sentences. What cannot be told for certain is not told. It must not
//! run a function's code.

use std::collections::{BTreeSet, HashMap};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use serde::Deserialize;
use stagedoor_lambda::Interpreters;
use stagedoor_model::Runtime;
use tokio::process::Command;

use crate::config::{Config, FunctionConfig, diagnostic};

/// An interpreter that takes longer to parse a file is not waited for.
const PARSE_LIMIT: Duration = Duration::from_secs(5);
/// Files of one save that are parsed; whoever saves more at once has switched branches.
const PARSED_FILES: usize = 20;
/// Prints the first error as JSON, or nothing. `-S` and `-E` keep foreign code out.
const PYTHON_PARSE: &str = "\
import ast, json, sys
try:
    ast.parse(open(sys.argv[1], 'rb').read())
except SyntaxError as e:
    print(json.dumps({'line': e.lineno or 1, 'column': e.offset or 1, 'message': e.msg}))
except (OSError, ValueError):
    pass
";
/// Prints the names that a module has for certain, or nothing when it cannot be told.
const PYTHON_NAMES: &str = "\
import ast, json, sys
names = set()
for node in ast.walk(ast.parse(open(sys.argv[1], 'rb').read())):
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        names.add(node.name)
    elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        names.add(node.id)
    elif isinstance(node, (ast.Import, ast.ImportFrom)):
        names.update((a.asname or a.name).split('.')[0] for a in node.names)
    elif isinstance(node, ast.Call) and getattr(node.func, 'id', '') in ('globals', 'setattr', 'exec'):
        names.add('*')
print(json.dumps(sorted(names)))
";

/// Warns of everything that can be told of a configuration's functions.
pub(crate) async fn warn(config: &Config, located: &Located) {
    for function in config.functions.iter().filter(|function| function.endpoint.is_none()) {
        let mut sentences: Vec<String> =
            missing_part(function).map(|(_, sentence)| sentence).into_iter().collect();
        let interpreter = interpreter(config, located, function).await;
        match &interpreter {
            Ok(Some(found)) if sentences.is_empty() => {
                sentences.extend(missing_handler(function, &found.executable).await);
            }
            Err(sentence) => sentences.push(sentence.clone()),
            Ok(_) => {}
        }
        sentences.iter().for_each(|sentence| tracing::warn!("{sentence}"));
    }
}

/// The file that a first call would miss, and a sentence about it.
pub(crate) fn missing_part(function: &FunctionConfig) -> Option<(PathBuf, String)> {
    let code = &function.code;
    let (file, what) = if !code.is_dir() {
        (code.clone(), format!("its folder {} is gone", code.display()))
    } else if matches!(function.runtime, Runtime::Provided { .. }) {
        let bootstrap = code.join("bootstrap");
        let what = missing_bootstrap(&bootstrap)?;
        (bootstrap, what)
    } else {
        (code.clone(), missing_module(function)?)
    };
    Some((file, format!("function {}: {what}", function.name)))
}

fn missing_module(function: &FunctionConfig) -> Option<String> {
    let (handler, code) = (&function.handler, function.code.display());
    let Some((file, _)) = module_of(handler) else {
        return Some(format!("the handler `{handler}` has no dot: write `file.function`"));
    };
    let extension = if matches!(function.runtime, Runtime::Python { .. }) { "py" } else { "js" };
    let is_missing = module(function).is_none();
    is_missing
        .then(|| format!("the handler `{handler}` needs {file}.{extension}, which does not exist in {code}"))
}

fn missing_bootstrap(bootstrap: &Path) -> Option<String> {
    match std::fs::metadata(bootstrap) {
        Err(_) => Some(format!("{} does not exist", bootstrap.display())),
        Ok(found) if found.permissions().mode() & 0o111 == 0 => {
            Some(format!("{0} is not executable: chmod +x {0}", bootstrap.display()))
        }
        Ok(_) => None,
    }
}

/// `src/app.handler` → (`src/app`, `handler`). Dots inside of a Python module's name separate folders.
fn module_of(handler: &str) -> Option<(&str, &str)> {
    handler.rsplit_once('.').filter(|(file, function)| !file.is_empty() && !function.is_empty())
}

/// The file that holds the handler.
fn module(function: &FunctionConfig) -> Option<PathBuf> {
    let (file, _) = module_of(&function.handler)?;
    let candidates: Vec<PathBuf> = match &function.runtime {
        Runtime::Python { .. } => {
            let path = function.code.join(file.replace('.', "/"));
            vec![path.with_extension("py"), path.join("__init__.py"), path.with_extension("so")]
        }
        // `index.handler`; a nested `a.b` is the export `a.b` of no file that could be named for certain.
        _ => {
            let (folder, base) = file.rsplit_once('/').unwrap_or(("", file));
            let base = base.split('.').next().unwrap_or(base);
            let path = function.code.join(folder);
            let file = |end: &str| path.join(format!("{base}{end}"));
            ["", ".js", ".mjs", ".cjs"].map(file).into()
        }
    };
    candidates.into_iter().find(|path| path.is_file())
}

/// Interpreters that were found, by runtime: they do not move while a gateway runs.
#[derive(Debug, Default)]
pub(crate) struct Located(tokio::sync::Mutex<HashMap<String, Answer>>);

type Answer = Result<stagedoor_lambda::Interpreter, String>;

impl Located {
    async fn of(&self, config: &Config, runtime: stagedoor_lambda::Runtime) -> Answer {
        let mut known = self.0.lock().await;
        if let Some(answer) = known.get(&runtime.to_string()) {
            return answer.clone();
        }
        let by_runtime = config.interpreters.iter().cloned().collect();
        let found = Interpreters { by_runtime, strict: false }.locate(runtime).await;
        let answer = found.map_err(|error| error.to_string());
        known.insert(runtime.to_string(), answer.clone());
        answer
    }
}

/// The interpreter for a function, with a sentence when there is none.
async fn interpreter(
    config: &Config,
    located: &Located,
    function: &FunctionConfig,
) -> Result<Option<stagedoor_lambda::Interpreter>, String> {
    let Some(runtime) = interpreted(&function.runtime) else { return Ok(None) };
    let name = &function.name;
    match located.of(config, runtime).await {
        Ok(found) if found.fits(runtime) => Ok(Some(found)),
        Ok(found) => {
            tracing::warn!(
                "function {name}: {runtime} runs on {} {}, because there is no other here",
                found.executable.display(),
                found.version
            );
            Ok(Some(found))
        }
        Err(error) => Err(format!(
            "function {name}: {error}. Install it, or name one with `interpreters: {{{runtime}: PROGRAM}}`"
        )),
    }
}

fn interpreted(runtime: &Runtime) -> Option<stagedoor_lambda::Runtime> {
    match *runtime {
        Runtime::Python { minor } => Some(stagedoor_lambda::Runtime::Python { minor }),
        Runtime::Node { major } => Some(stagedoor_lambda::Runtime::Node { major }),
        Runtime::Provided { .. } => None,
    }
}

/// Whether a Python module defines its handler at all.
async fn missing_handler(function: &FunctionConfig, python: &Path) -> Option<String> {
    if !matches!(function.runtime, Runtime::Python { .. }) {
        return None;
    }
    let file = module(function).filter(|file| file.extension().is_some_and(|it| it == "py"))?;
    let (_, handler) = module_of(&function.handler)?;
    let names: Vec<String> = serde_json::from_slice(&ask_python(python, PYTHON_NAMES, &file).await?).ok()?;
    let is_there = names.iter().any(|name| name == handler || name == "*");
    let (name, file) = (&function.name, file.display());
    (!is_there).then(|| format!("function {name}: {file} defines no `{handler}`, which its handler names"))
}

/// The first syntax error of each of these files that has one, as a report with the line in it.
pub(crate) async fn syntax_errors(
    config: &Config,
    located: &Located,
    function: &FunctionConfig,
    files: &BTreeSet<&PathBuf>,
) -> Vec<(PathBuf, String)> {
    let Some(runtime) = interpreted(&function.runtime) else { return Vec::new() };
    let Ok(interpreter) = located.of(config, runtime).await else { return Vec::new() };
    let mut wrong = Vec::new();
    for file in files.iter().filter(|file| file.is_file()).take(PARSED_FILES) {
        if let Some(error) = syntax_error(&interpreter.executable, &function.runtime, file).await {
            let text = std::fs::read_to_string(file).unwrap_or_default();
            let finding = diagnostic(file, error.line, error.column, &error.message);
            wrong.push(((*file).clone(), finding.with_source(&text).report(false)));
        }
    }
    wrong
}

/// Where a file stops to be code.
#[derive(Debug, PartialEq, Eq, Deserialize)]
struct SyntaxError {
    line: usize,
    column: usize,
    message: String,
}

async fn syntax_error(interpreter: &Path, runtime: &Runtime, file: &Path) -> Option<SyntaxError> {
    let extension = file.extension()?.to_str()?;
    match (runtime, extension) {
        (Runtime::Python { .. }, "py") => {
            let printed = ask_python(interpreter, PYTHON_PARSE, file).await?;
            serde_json::from_slice(&printed).ok()
        }
        (Runtime::Node { .. }, "js" | "mjs" | "cjs") => {
            let mut command = Command::new(interpreter);
            let output = finished(command.arg("--check").arg(file)).await?;
            (!output.status.success()).then(|| node_error(&String::from_utf8_lossy(&output.stderr)))?
        }
        _ => None,
    }
}

async fn ask_python(python: &Path, script: &str, file: &Path) -> Option<Vec<u8>> {
    let mut command = Command::new(python);
    let output = finished(command.args(["-E", "-s", "-S", "-c", script]).arg(file)).await?;
    output.status.success().then_some(output.stdout)
}

async fn finished(command: &mut Command) -> Option<std::process::Output> {
    let output = command.stdin(Stdio::null()).kill_on_drop(true).output();
    tokio::time::timeout(PARSE_LIMIT, output).await.ok()?.ok()
}

/// `file:3`, the line, a line with `^` under the place, `SyntaxError: what`.
fn node_error(printed: &str) -> Option<SyntaxError> {
    let mut lines = printed.lines();
    let line = lines.find_map(|line| line.rsplit_once(':')?.1.parse().ok())?;
    let caret = printed.lines().find(|line| line.trim_start().starts_with('^'));
    let message = printed.lines().find_map(|line| line.strip_prefix("SyntaxError: "))?;
    let column = caret.and_then(|line| line.find('^')).unwrap_or(0) + 1;
    Some(SyntaxError { line, column, message: message.to_owned() })
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use stagedoor_model::Runtime;

    use super::{missing_handler, missing_part, node_error, syntax_error};
    use crate::config::{Config, FunctionConfig};

    fn function(code: &Path, runtime: &str, handler: &str) -> FunctionConfig {
        let text = format!("functions: {{f: {{runtime: {runtime}, handler: {handler}, code: .}}}}");
        let config = Config::parse("/stagedoor.yaml".as_ref(), &text).unwrap();
        FunctionConfig { code: code.to_owned(), ..config.functions[0].clone() }
    }

    #[test]
    fn missing_files_are_named() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        for file in ["app.py", "index.mjs", "bootstrap", "pkg/__init__.py", "sub/mod.py", "a/b.js"] {
            std::fs::create_dir_all(root.join(file).parent().unwrap()).unwrap();
            std::fs::write(root.join(file), "").unwrap();
        }
        for (runtime, handler, expected) in [
            ("python3.11", "app.handler", ""),
            ("python3.11", "pkg.handler", ""),
            ("python3.11", "sub.mod.handler", ""),
            ("python3.11", "sub/mod.handler", ""),
            ("python3.11", "nope.handler", "needs nope.py, which does not exist in"),
            ("python3.11", "handler", "has no dot"),
            ("nodejs20.x", "index.handler", ""),
            ("nodejs20.x", "a/b.c.d", ""),
            ("nodejs20.x", "main.handler", "needs main.js, which does not exist in"),
            ("provided.al2023", "x", "is not executable: chmod +x"),
        ] {
            let found = missing_part(&function(root, runtime, handler));
            let found = found.map(|(_, sentence)| sentence).unwrap_or_default();
            assert!(
                found.contains(expected) && found.is_empty() == expected.is_empty(),
                "{handler}: {found}"
            );
        }
        let gone = missing_part(&function(&root.join("gone"), "python3.11", "app.handler"));
        assert!(gone.as_ref().is_some_and(|(_, sentence)| sentence.contains("is gone")), "{gone:?}");
    }

    #[tokio::test]
    async fn handlers_that_no_module_defines_are_named() {
        let folder = tempfile::tempdir().unwrap();
        for (text, is_there) in [
            ("def handler(e, c): pass", true),
            ("handler = lambda e, c: 1", true),
            ("from other import run as handler", true),
            ("from other import *", true),
            ("if True:\n  async def handler(e, c): pass", true),
            ("def handle(e, c): pass", false),
            ("def broken(", true),
        ] {
            std::fs::write(folder.path().join("app.py"), text).unwrap();
            let function = function(folder.path(), "python3.11", "app.handler");
            let found = missing_handler(&function, Path::new("python3")).await;
            assert_eq!(found.is_none(), is_there, "{text}: {found:?}");
        }
    }

    #[tokio::test]
    async fn syntax_errors_have_a_place() {
        let folder = tempfile::tempdir().unwrap();
        for (name, program, runtime, text, expected) in [
            ("a.py", "python3", "python3.11", "x = 1\ny = (\n", Some(2)),
            ("b.py", "python3", "python3.11", "x = 1\n", None),
            ("a.js", "node", "nodejs20.x", "const a = 1;\nfoo(;\n", Some(2)),
            ("b.mjs", "node", "nodejs20.x", "export const a = await 1;\n", None),
            ("c.txt", "node", "nodejs20.x", "foo(;", None),
        ] {
            let file: PathBuf = folder.path().join(name);
            std::fs::write(&file, text).unwrap();
            let found = syntax_error(Path::new(program), &Runtime::parse(runtime).unwrap(), &file).await;
            assert_eq!(found.as_ref().map(|error| error.line), expected, "{name}: {found:?}");
        }
    }

    #[test]
    fn what_node_prints_is_read() {
        let printed =
            "/tmp/a.js:2\nfoo(;\n    ^\n\nSyntaxError: Unexpected token ';'\n    at wrapSafe (x:1)\n";
        let error = node_error(printed).unwrap();
        assert_eq!((error.line, error.column, error.message.as_str()), (2, 5, "Unexpected token ';'"));
        assert_eq!(node_error("killed"), None);
    }
}
