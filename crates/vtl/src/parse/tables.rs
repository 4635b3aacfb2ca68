//! What all parts of one template share while it is parsed: names, constants, macros, the depth.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::error::ParseError;
use crate::options::Options;
use crate::syntax::{Definition, LoopVariables, Macro, Nodes, Program, Slot, Spot};

pub(super) struct Tables {
    variables: Names,
    constants: Names,
    callees: Names,
    definitions: Vec<Option<Definition>>,
    blocks: Vec<Nodes>,
    depth_left: usize,
    /// The text of the whole template.
    text: Box<str>,
}

#[derive(Default)]
struct Names {
    by_name: HashMap<Box<str>, u32>,
    names: Vec<Box<str>>,
}

impl Names {
    fn number_of(&mut self, name: &str) -> u32 {
        if let Some(number) = self.by_name.get(name) {
            return *number;
        }
        let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.by_name.insert(name.into(), number);
        self.names.push(name.into());
        number
    }
}

impl Tables {
    pub(super) fn new(text: &str, options: &Options) -> Self {
        Self {
            variables: Names::default(),
            constants: Names::default(),
            callees: Names::default(),
            definitions: Vec::new(),
            blocks: Vec::new(),
            depth_left: options.max_nesting,
            text: text.into(),
        }
    }

    pub(super) fn variable(&mut self, name: &str) -> Slot {
        self.variables.number_of(name)
    }

    pub(super) fn constant(&mut self, text: &str) -> u32 {
        self.constants.number_of(text)
    }

    pub(super) fn callee(&mut self, name: &str) -> u32 {
        let number = self.callees.number_of(name);
        self.definitions.resize_with(self.callees.names.len(), || None);
        number
    }

    /// Defines a macro; the first definition of a name stays.
    pub(super) fn define(&mut self, name: &str, parameters: Box<[Slot]>, body: Nodes) {
        let number = self.callee(name) as usize;
        if self.definitions[number].is_none() {
            self.definitions[number] = Some(Definition { parameters, body });
        }
    }

    pub(super) fn is_macro(&self, name: &str) -> bool {
        let number = self.callees.by_name.get(name);
        number.is_some_and(|number| self.definitions[*number as usize].is_some())
    }

    pub(super) fn block(&mut self, nodes: Nodes) -> u32 {
        self.blocks.push(nodes);
        u32::try_from(self.blocks.len() - 1).unwrap_or(u32::MAX)
    }

    pub(super) fn enter(&mut self) -> bool {
        let may = self.depth_left > 0;
        self.depth_left -= usize::from(may);
        may
    }

    pub(super) fn leave(&mut self) {
        self.depth_left += 1;
    }

    /// An error at a byte of the text that is parsed, or for a string where that stands in the template.
    pub(super) fn error(&self, origin: Option<Spot>, at: usize, problem: Cow<'static, str>) -> ParseError {
        let (line, column) = place(&self.text, origin.map_or(at, |spot| spot as usize));
        ParseError { line, column, problem }
    }

    pub(super) fn into_program(self, body: Nodes) -> Program {
        let find = |name| self.variables.by_name.get(name).copied();
        let loop_variables = LoopVariables {
            scope: find("foreach"),
            count: find("velocityCount"),
            has_next: find("velocityHasNext"),
        };
        let macros = self.callees.names.into_iter().zip(self.definitions);
        Program {
            text: self.text,
            body,
            variables: self.variables.names.into(),
            macros: macros.map(|(name, defined)| Macro { name, defined }).collect(),
            blocks: self.blocks.into(),
            constants: self.constants.names.into(),
            loop_variables,
        }
    }
}

/// Line and column of a byte, both from 1; columns count characters.
pub(crate) fn place(text: &str, at: usize) -> (u32, u32) {
    let before = &text.as_bytes()[..at.min(text.len())];
    let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
    let lines = before.iter().filter(|byte| **byte == b'\n').count();
    // Characters begin at bytes that continue none.
    let columns = before[line_start..].iter().filter(|byte| **byte & 0xc0 != 0x80).count();
    let number = |count: usize| u32::try_from(count + 1).unwrap_or(u32::MAX);
    (number(lines), number(columns))
}
