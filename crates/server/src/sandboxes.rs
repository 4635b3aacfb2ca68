//! Which sandbox each function gets.
//!
//! In: what the file says, and which command runs. Out: the pool's setting, or why this machine cannot give it. It must not
//! know how a sandbox works.

use anyhow::{Context, Result};
use stagedoor_lambda::{Sandbox, Sandboxes};

use crate::config::Config;

/// The sandboxes of a configuration. Where it says nothing, `serve` confines, because what it runs was deployed to be
/// exposed; `dev` does not, because code that is being written reaches out of its folder: linked packages, a monorepo.
pub(crate) fn of(config: &Config, is_dev: bool) -> Sandboxes {
    let usual = if is_dev { Sandbox::None } else { Sandbox::Kernel };
    let named = config.functions.iter();
    Sandboxes {
        default: config.sandbox.unwrap_or(usual),
        by_function: named.filter_map(|it| Some((it.name.clone(), it.sandbox?))).collect(),
    }
}

/// Fails when a declared function's sandbox cannot be had here: it would not be called safely, so nothing starts.
pub(crate) async fn require(config: &Config, is_dev: bool) -> Result<()> {
    let sandboxes = of(config, is_dev);
    let mut levels: Vec<Sandbox> = config.functions.iter().map(|it| sandboxes.of(&it.name)).collect();
    levels.sort_unstable();
    levels.dedup();
    let hint = "functions are not started with less than they were promised; `sandbox:` in stagedoor.yaml \
                chooses another level";
    stagedoor_lambda::require(&levels).await.context(hint)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use stagedoor_lambda::Sandbox;

    use super::of;
    use crate::config::Config;

    #[test]
    fn serve_confines_unless_the_file_says_otherwise() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("stagedoor.yaml");
        let config = |text: &str| Config::parse(Path::new(&file), text).unwrap();
        let level = |text: &str, is_dev| of(&config(text), is_dev).of("f");
        let function = "functions:\n  f: {runtime: provided.al2023, code: ., sandbox: bubblewrap}";
        for (text, dev, serve) in [
            ("", Sandbox::None, Sandbox::Kernel),
            ("sandbox: none", Sandbox::None, Sandbox::None),
            ("sandbox: bubblewrap", Sandbox::Bubblewrap, Sandbox::Bubblewrap),
            (function, Sandbox::Bubblewrap, Sandbox::Bubblewrap),
        ] {
            assert_eq!((level(text, true), level(text, false)), (dev, serve), "{text}");
        }
    }
}
