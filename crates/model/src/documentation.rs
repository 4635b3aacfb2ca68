//! Documentation of an API: parts as edited, and versions that froze them.

use serde::{Deserialize, Serialize};
use stagedoor_base::Timestamp;

use crate::DocumentationPartType;

/// What is written about one element of an API.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentationPart {
    pub id: String,
    pub location: DocumentationLocation,
    /// The text of a JSON object, verbatim.
    pub properties: String,
}

/// The element that a part is about. Fields that were not given are none and mean their defaults.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DocumentationLocation {
    pub part_type: DocumentationPartType,
    /// Default `/`.
    pub path: Option<String>,
    /// A verb or `*`, the default.
    pub method: Option<String>,
    /// Three digits or `*`, the default.
    pub status_code: Option<String>,
    pub name: Option<String>,
}

/// A field of a [`DocumentationLocation`] beside its type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LocationField {
    Path,
    Method,
    StatusCode,
    Name,
}

impl LocationField {
    /// AWS's spelling.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Method => "method",
            Self::StatusCode => "statusCode",
            Self::Name => "name",
        }
    }

    /// What the field means where it is allowed and not given; a name has no default.
    #[must_use]
    pub const fn default_text(self) -> Option<&'static str> {
        match self {
            Self::Path => Some("/"),
            Self::Method | Self::StatusCode => Some("*"),
            Self::Name => None,
        }
    }
}

impl DocumentationPartType {
    /// The fields that a location of this type may have.
    #[must_use]
    pub const fn fields(self) -> &'static [LocationField] {
        use LocationField::{Method, Name, Path, StatusCode};
        match self {
            Self::Api => &[],
            Self::Authorizer | Self::Model => &[Name],
            Self::Resource => &[Path],
            Self::Method | Self::RequestBody => &[Path, Method],
            Self::PathParameter | Self::QueryParameter | Self::RequestHeader => &[Path, Method, Name],
            Self::Response | Self::ResponseBody => &[Path, Method, StatusCode],
            Self::ResponseHeader => &[Path, Method, StatusCode, Name],
        }
    }
}

impl DocumentationLocation {
    /// The location of a whole type: no field given.
    #[must_use]
    pub const fn of(part_type: DocumentationPartType) -> Self {
        Self { part_type, path: None, method: None, status_code: None, name: None }
    }

    /// A field as it was given.
    #[must_use]
    pub fn field(&self, field: LocationField) -> Option<&str> {
        match field {
            LocationField::Path => self.path.as_deref(),
            LocationField::Method => self.method.as_deref(),
            LocationField::StatusCode => self.status_code.as_deref(),
            LocationField::Name => self.name.as_deref(),
        }
    }

    /// The same location with every default that its type allows written out: two parts with equal ones are about the
    /// same element.
    #[must_use]
    pub fn explicit(&self) -> Self {
        let text = |field: LocationField| {
            let allowed = self.part_type.fields().contains(&field);
            let default = field.default_text().filter(|_| allowed);
            self.field(field).or(default).map(str::to_owned)
        };
        Self {
            part_type: self.part_type,
            path: text(LocationField::Path),
            method: text(LocationField::Method),
            status_code: text(LocationField::StatusCode),
            name: text(LocationField::Name),
        }
    }
}

/// A version of an API's documentation; the parts that it froze are kept beside it and never change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentationVersion {
    /// The author's own name for it.
    pub version: String,
    pub description: Option<String>,
    pub created: Timestamp,
}

/// The parts that a documentation version froze.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrozenDocumentation {
    pub parts: Vec<DocumentationPart>,
}

#[cfg(test)]
mod tests {
    use super::DocumentationLocation;
    use crate::DocumentationPartType;

    #[test]
    fn defaults_are_written_out_where_the_type_allows_them() {
        let explicit = DocumentationLocation::of(DocumentationPartType::ResponseHeader).explicit();
        let fields = (explicit.path.as_deref(), explicit.method.as_deref(), explicit.status_code.as_deref());
        assert_eq!((fields, explicit.name), ((Some("/"), Some("*"), Some("*")), None));
        let api = DocumentationLocation::of(DocumentationPartType::Api);
        assert_eq!(api.explicit(), api);
    }

    #[test]
    fn given_fields_win() {
        let given = DocumentationLocation {
            path: Some("/pets".to_owned()),
            ..DocumentationLocation::of(DocumentationPartType::Resource)
        };
        assert_eq!(given.explicit(), given);
    }
}
