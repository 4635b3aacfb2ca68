//! Names whose changes mean nothing to a function: what editors, interpreters and version control leave behind.

use std::ffi::OsStr;

/// Whether a file or folder of this name is passed over.
pub(super) fn is_ignored(name: &OsStr) -> bool {
    const FOLDERS: [&str; 9] = [
        ".git",
        ".hg",
        ".svn",
        "__pycache__",
        ".pytest_cache",
        ".mypy_cache",
        ".ruff_cache",
        ".idea",
        ".vscode",
    ];
    let name = name.to_string_lossy();
    // vim probes whether it may write with a file called 4913; Emacs locks with `.#name` and saves as `#name#`.
    let leftover = name.ends_with('~')
        || name.starts_with(".#")
        || (name.starts_with('#') && name.ends_with('#'))
        || (name.starts_with('.') && [".swp", ".swo", ".swx"].iter().any(|end| name.ends_with(end)))
        || [".pyc", ".pyo", ".tmp", "___jb_tmp___", "___jb_old___"].iter().any(|end| name.ends_with(end));
    leftover || FOLDERS.contains(&&*name) || ["4913", ".DS_Store", ".stagedoor"].contains(&&*name)
}

/// Installed packages: thousands of files that change together. Only what stands directly in it is looked at, which every
/// installation touches.
pub(super) fn is_shallow(name: &OsStr) -> bool {
    name == "node_modules"
}

#[cfg(test)]
mod tests {
    use super::is_ignored;

    #[test]
    fn leftovers_are_told_from_sources() {
        let ignored =
            [".git", "__pycache__", "a.pyc", "main.py~", ".main.py.swp", "4913", ".#x", "#x#", ".stagedoor"];
        let wanted = ["main.py", "swp", "git", ".env", "#x", "index.mjs", ".config", "49130", "tmp"];
        assert!(ignored.iter().all(|name| is_ignored(name.as_ref())));
        assert!(!wanted.iter().any(|name| is_ignored(name.as_ref())));
    }
}
