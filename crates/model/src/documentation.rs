//! Documentation of an API: parts as edited, and versions that froze them.

use std::fmt;

use serde::{Deserialize, Serialize};
use stagedoor_base::Timestamp;

use crate::{DocumentationPartType, HttpMethod};

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

/// What is wrong with a location.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LocationProblem {
    /// The type has no such field.
    NotAllowed(LocationField),
    /// The type needs a name.
    NameMissing,
    /// A path does not begin with a slash.
    Path,
    /// A method is neither a verb nor `*`.
    Method,
    /// A status code is neither three digits nor `*`.
    StatusCode,
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

    /// Whether the location can be that of an element.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn check(&self) -> Result<(), LocationProblem> {
        use LocationField::{Method, Name, Path, StatusCode};
        let allowed = self.part_type.fields();
        for field in [Path, Method, StatusCode, Name] {
            match self.field(field) {
                Some(_) if !allowed.contains(&field) => return Err(LocationProblem::NotAllowed(field)),
                Some(text) => check_field(field, text)?,
                None if field == Name && allowed.contains(&Name) => return Err(LocationProblem::NameMissing),
                None => {}
            }
        }
        Ok(())
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

fn check_field(field: LocationField, text: &str) -> Result<(), LocationProblem> {
    let is_status = |text: &str| text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_digit());
    match field {
        LocationField::Path if !text.starts_with('/') => Err(LocationProblem::Path),
        LocationField::Method if text != "*" && HttpMethod::parse(text).is_none() => {
            Err(LocationProblem::Method)
        }
        LocationField::StatusCode if text != "*" && !is_status(text) => Err(LocationProblem::StatusCode),
        _ => Ok(()),
    }
}

/// The fields as they were given, in AWS's form: `type 'METHOD', path '/', method 'GET'`.
impl fmt::Display for DocumentationLocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use LocationField::{Method, Name, Path, StatusCode};
        write!(f, "type '{}'", self.part_type)?;
        for field in [Path, Method, StatusCode, Name] {
            if let Some(text) = self.field(field) {
                write!(f, ", {} '{text}'", field.as_str())?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for LocationProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAllowed(field) => write!(f, "a location of this type has no {}", field.as_str()),
            Self::NameMissing => f.write_str("a location of this type needs a name"),
            Self::Path => f.write_str("the path must begin with '/'"),
            Self::Method => f.write_str("the method must be a verb, ANY or '*'"),
            Self::StatusCode => f.write_str("the status code must be three digits or '*'"),
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
    use super::{DocumentationLocation, LocationField, LocationProblem};
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
    fn every_type_has_its_fields() {
        let check = |part_type: DocumentationPartType, change: fn(&mut DocumentationLocation), expected| {
            let mut location = DocumentationLocation::of(part_type);
            change(&mut location);
            assert_eq!(location.check().err(), expected, "{location:?}");
        };
        check(DocumentationPartType::Api, |_| (), None);
        let not_allowed = |field| Some(LocationProblem::NotAllowed(field));
        check(
            DocumentationPartType::Api,
            |it| it.path = Some("/".to_owned()),
            not_allowed(LocationField::Path),
        );
        check(
            DocumentationPartType::Method,
            |it| it.name = Some("n".to_owned()),
            not_allowed(LocationField::Name),
        );
        check(DocumentationPartType::Model, |_| (), Some(LocationProblem::NameMissing));
        check(DocumentationPartType::Model, |it| it.name = Some("Pet".to_owned()), None);
        check(
            DocumentationPartType::Resource,
            |it| it.path = Some("pets".to_owned()),
            Some(LocationProblem::Path),
        );
        check(
            DocumentationPartType::Method,
            |it| it.method = Some("get".to_owned()),
            Some(LocationProblem::Method),
        );
        check(DocumentationPartType::Method, |it| it.method = Some("*".to_owned()), None);
        let status = |it: &mut DocumentationLocation| it.status_code = Some("20".to_owned());
        check(DocumentationPartType::Response, status, Some(LocationProblem::StatusCode));
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
