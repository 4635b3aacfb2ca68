//! PATCH operations and the two styles in which most entities refuse them.
//!
//! In: the operations of a request, in their order. Out: parsed paths, or the refusal in the entity's own words. It must
//! not know any entity: tables of allowed paths belong to the entities' files.

use std::fmt;

use stagedoor_wire::apigateway::PatchOperation;

use crate::ApiError;

/// What an operation does. `move` and `test` pass the service's enum but no entity supports them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PatchOp {
    Add,
    Remove,
    Replace,
    Move,
    Copy,
    Test,
}

impl PatchOp {
    fn parse(text: &str) -> Self {
        match text {
            "add" => Self::Add,
            "remove" => Self::Remove,
            "replace" => Self::Replace,
            "copy" => Self::Copy,
            "move" => Self::Move,
            _ => Self::Test,
        }
    }

    fn as_str(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Remove => "remove",
            Self::Replace => "replace",
            Self::Move => "move",
            Self::Copy => "copy",
            Self::Test => "test",
        }
    }
}

impl fmt::Display for PatchOp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One operation of `patchOperations`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Patch {
    pub(crate) op: PatchOp,
    /// Verbatim, escapes kept; none when the member is missing.
    pub(crate) path: Option<String>,
    /// Always text on the wire, numbers and booleans included.
    pub(crate) value: Option<String>,
    pub(crate) from: Option<String>,
}

impl Patch {
    /// The operations of a request; a missing list is an empty one.
    pub(crate) fn all(operations: Option<Vec<PatchOperation>>) -> Vec<Self> {
        let parse =
            |given: PatchOperation| Self::new(given.op.as_deref(), given.path, given.value, given.from);
        operations.unwrap_or_default().into_iter().map(parse).collect()
    }

    /// An operation from its wire members; `op` was checked against the service's enum before.
    pub(crate) fn new(
        op: Option<&str>,
        path: Option<String>,
        value: Option<String>,
        from: Option<String>,
    ) -> Self {
        // A missing `op` is unsupported everywhere, exactly as `test` is.
        Self { op: op.map_or(PatchOp::Test, PatchOp::parse), path, value, from }
    }

    /// The path as text; `null` when missing, which is how the service prints it.
    pub(crate) fn path(&self) -> &str {
        self.path.as_deref().unwrap_or("null")
    }

    /// The path's tokens with `~1` and `~0` undone; empty when the path does not begin with `/`.
    pub(crate) fn tokens(&self) -> Vec<String> {
        match self.path.as_deref().and_then(|path| path.strip_prefix('/')) {
            None => Vec::new(),
            Some(rest) => rest.split('/').map(unescape).collect(),
        }
    }

    /// The value, with missing and `""` alike.
    pub(crate) fn text(&self) -> Option<String> {
        self.value.clone().filter(|value| !value.is_empty())
    }

    /// The value as a boolean: `true` in any case is true, everything else, also nothing, is false, and never an error.
    pub(crate) fn flag(&self) -> bool {
        self.value.as_deref().is_some_and(|value| value.eq_ignore_ascii_case("true"))
    }

    /// Style B: the entity does not know this path.
    pub(crate) fn invalid_path(&self) -> ApiError {
        ApiError::BadRequest(format!("Invalid patch path {}", self.path()))
    }

    /// Style B: the path is known, but not with this operation.
    pub(crate) fn require(&self, allowed: &[PatchOp]) -> Result<(), ApiError> {
        if allowed.contains(&self.op) {
            return Ok(());
        }
        let allowed: Vec<&str> = allowed.iter().map(|op| op.as_str()).collect();
        let allowed = allowed.join(", ");
        Err(ApiError::BadRequest(format!("Invalid patch operation specified. Must be one of: [{allowed}]")))
    }

    /// Style B, for what can only be replaced.
    pub(crate) fn require_replace(&self) -> Result<(), ApiError> {
        self.require(&[PatchOp::Replace])
    }
}

/// Undoes JSON-pointer escapes of one token.
pub(crate) fn unescape(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}

/// Style A: the paths that an entity supports, by operation.
#[derive(Debug)]
pub(crate) struct PathTable {
    /// Supported operations with their paths, in the order in which the service prints them.
    pub(crate) supported: &'static [(PatchOp, &'static [&'static str])],
}

impl PathTable {
    /// Refuses what is not in the table. Two spaces after `path` are the service's own.
    pub(crate) fn check(&self, patch: &Patch) -> Result<(), ApiError> {
        let paths = self.supported.iter().find(|(op, _)| *op == patch.op).map(|(_, paths)| *paths);
        let refusal = format!("Invalid patch path  '{}' specified for op '{}'.", patch.path(), patch.op);
        match paths {
            Some(paths) if paths.contains(&patch.path()) => Ok(()),
            Some(paths) => {
                Err(ApiError::BadRequest(format!("{refusal} Must be one of: [{}]", paths.join(", "))))
            }
            None => Err(ApiError::BadRequest(format!("{refusal} Please choose supported operations"))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Patch, PatchOp, PathTable};
    use crate::ApiError;

    fn patch(op: &str, path: &str, value: Option<&str>) -> Patch {
        Patch::new(Some(op), Some(path.to_owned()), value.map(str::to_owned), None)
    }

    #[test]
    fn tokens_are_unescaped() {
        let check = |path: &str, expected: &[&str]| assert_eq!(patch("add", path, None).tokens(), expected);
        check("/binaryMediaTypes/image~1png", &["binaryMediaTypes", "image/png"]);
        check("/a~01", &["a~1"]);
        check("name", &[]);
        check("/", &[""]);
    }

    #[test]
    fn only_the_word_true_is_true() {
        for (value, expected) in
            [(Some("true"), true), (Some("TRUE"), true), (Some("whatever"), false), (None, false)]
        {
            assert_eq!(patch("replace", "/x", value).flag(), expected, "{value:?}");
        }
    }

    #[test]
    fn style_a_names_the_supported_paths() {
        const TABLE: PathTable = PathTable { supported: &[(PatchOp::Replace, &["/parentId", "/pathPart"])] };
        let check = |op: &str, path: &str, expected: &str| {
            assert_eq!(TABLE.check(&patch(op, path, None)), Err(ApiError::BadRequest(expected.to_owned())));
        };
        assert_eq!(TABLE.check(&patch("replace", "/pathPart", None)), Ok(()));
        check(
            "replace",
            "/x",
            "Invalid patch path  '/x' specified for op 'replace'. Must be one of: [/parentId, /pathPart]",
        );
        check(
            "remove",
            "/x",
            "Invalid patch path  '/x' specified for op 'remove'. Please choose supported operations",
        );
    }

    #[test]
    fn style_b_names_the_path_or_the_operations() {
        let missing = Patch::new(Some("replace"), None, None, None);
        assert_eq!(missing.invalid_path(), ApiError::bad_request("Invalid patch path null"));
        assert_eq!(
            patch("remove", "/name", None).require_replace(),
            Err(ApiError::bad_request("Invalid patch operation specified. Must be one of: [replace]"))
        );
    }
}
