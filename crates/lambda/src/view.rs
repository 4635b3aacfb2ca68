//! Where a function's things are, for this machine and for the function.
//!
//! In: their places on this machine, and a plan. Out: the places as the process sees them, and the plan that makes it so. It
//! must not know how a sandbox is built.

use std::io;
use std::path::{Path, PathBuf};

use crate::Sandbox;
use crate::sandbox::{Bind, Plan};

/// Directories of this machine.
#[derive(Debug)]
pub(crate) struct Places {
    pub(crate) code: PathBuf,
    /// Holds the bootstraps.
    pub(crate) runtime: PathBuf,
    /// All layers as one.
    pub(crate) layers: Option<PathBuf>,
}

/// The same, as the process sees them.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct View {
    pub(crate) task_root: PathBuf,
    pub(crate) runtime_dir: PathBuf,
    /// `/opt`, or the merged directory itself where nothing can be shown there.
    pub(crate) layers: PathBuf,
}

impl View {
    /// Plans what of `places` the process sees, and where.
    pub(crate) fn open(places: &Places, plan: &mut Plan) -> io::Result<Self> {
        let opt = Path::new("/opt");
        let shows_opt = plan.owns_tmp() && (plan.sandbox == Sandbox::Bubblewrap || opt.is_dir());
        let layers = match &places.layers {
            Some(merged) if shows_opt => {
                plan.binds.extend(below_opt(merged)?);
                opt.to_owned()
            }
            Some(merged) => {
                plan.read.push(merged.clone());
                merged.clone()
            }
            None => opt.to_owned(),
        };
        if plan.sandbox == Sandbox::Bubblewrap {
            let (task_root, runtime_dir) = (PathBuf::from("/var/task"), PathBuf::from("/var/runtime"));
            plan.binds.push(Bind { from: places.code.clone(), at: task_root.clone() });
            plan.binds.push(Bind { from: places.runtime.clone(), at: runtime_dir.clone() });
            return Ok(Self { task_root, runtime_dir, layers });
        }
        plan.read.extend([places.code.clone(), places.runtime.clone()]);
        Ok(Self { task_root: places.code.clone(), runtime_dir: places.runtime.clone(), layers })
    }
}

/// Each thing by itself: the machine's own `/opt` may hold the interpreter, which must be seen there too.
fn below_opt(merged: &Path) -> io::Result<Vec<Bind>> {
    let entries = std::fs::read_dir(merged)?;
    let bind = |entry: io::Result<std::fs::DirEntry>| {
        let entry = entry?;
        Ok(Bind { from: entry.path(), at: Path::new("/opt").join(entry.file_name()) })
    };
    entries.map(bind).collect()
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::{Places, View};
    use crate::Sandbox;
    use crate::sandbox::Plan;

    fn open(sandbox: Sandbox, mounts: bool, layers: Option<&Path>) -> (View, Plan) {
        let places = Places {
            code: "/home/me/code".into(),
            runtime: "/state/runtime".into(),
            layers: layers.map(Path::to_owned),
        };
        let mut plan = Plan { sandbox, mounts, ..Plan::default() };
        (View::open(&places, &mut plan).unwrap(), plan)
    }

    #[test]
    fn bubblewrap_shows_the_places_of_lambda() {
        let merged = tempfile::tempdir().unwrap();
        std::fs::create_dir(merged.path().join("python")).unwrap();
        let (view, plan) = open(Sandbox::Bubblewrap, false, Some(merged.path()));
        assert_eq!(view.task_root, Path::new("/var/task"));
        assert_eq!(view.layers, Path::new("/opt"));
        let shown: Vec<&Path> = plan.binds.iter().map(|bind| bind.at.as_path()).collect();
        assert_eq!(shown, ["/opt/python", "/var/task", "/var/runtime"].map(Path::new));
        assert_eq!(plan.read, Vec::<PathBuf>::new());
    }

    #[test]
    fn without_mounts_everything_is_where_it_lies() {
        let merged = tempfile::tempdir().unwrap();
        for sandbox in [Sandbox::None, Sandbox::Kernel] {
            let (view, plan) = open(sandbox, false, Some(merged.path()));
            assert_eq!(view.task_root, Path::new("/home/me/code"));
            assert_eq!(view.layers, merged.path());
            assert!(plan.binds.is_empty());
        }
    }
}
