//! A template, ready to be rendered.

use std::sync::Arc;

use crate::error::{ParseError, RenderError};
use crate::host::Host;
use crate::limits::Limits;
use crate::options::Options;
use crate::syntax::{Node, Program};
use crate::{parse, render};

/// A parsed template. Clones share it, threads may too.
#[derive(Debug, Clone)]
pub struct Template(Arc<Parsed>);

#[derive(Debug)]
struct Parsed {
    program: Program,
    options: Options,
}

impl Template {
    /// Parses a text.
    ///
    /// # Errors
    /// When it is no template.
    pub fn parse(text: &str, options: &Options) -> Result<Self, ParseError> {
        let program = parse::program(text, options)?;
        Ok(Self(Arc::new(Parsed { program, options: options.clone() })))
    }

    /// Renders it with the variables of a host.
    ///
    /// # Errors
    /// When a method fails or a limit is passed.
    pub fn render(&self, host: &mut dyn Host, limits: &Limits) -> Result<String, RenderError> {
        render::render(&self.0.program, &self.0.options, host, limits)
    }

    /// The output, when it is the same for every host.
    #[must_use]
    pub fn as_static(&self) -> Option<&str> {
        match &*self.0.program.body {
            [] => Some(""),
            [Node::Text(text)] => Some(text),
            _ => None,
        }
    }
}
