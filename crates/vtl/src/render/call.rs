//! Calls of macros, and blocks that were defined.

use std::cell::RefCell;

use super::{Frame, Halt, Renderer, Run};
use crate::error::Problem;
use crate::syntax::{Call, Expr};
use crate::value::{Block, Value};

/// A block that contains itself prints nothing at this depth, as Velocity has it.
const MAX_BLOCK_DEPTH: u8 = 2;

impl<'r> Renderer<'r> {
    pub(super) fn call(&mut self, call: &'r Call, frame: &Frame<'_, 'r>, out: &mut String) -> Run<()> {
        self.spot = call.spot;
        let callee = &self.program.macros[call.callee as usize];
        let Some(definition) = &callee.defined else {
            return self.push(out, &call.literal);
        };
        if call.arguments.iter().any(|argument| matches!(argument.expr, Expr::Word)) {
            return Err(fault(format!("a bare word is no argument of the macro '#{}'", callee.name)));
        }
        if self.calls >= self.options.max_calls {
            return Err(fault(format!("the macro '#{}' calls itself too deeply", callee.name)));
        }
        let body = call.body.map(|(variable, block)| (variable, Value::Block(Block(block))));
        let inner = Frame {
            caller: Some(frame),
            parameters: &definition.parameters,
            arguments: &call.arguments,
            locals: RefCell::new(body.into_iter().collect()),
        };
        self.calls += 1;
        let result = self.block(&definition.body, &inner, out);
        self.calls -= 1;
        unless_broken(result)
    }

    /// Renders a block that was defined; false if it is inside of itself.
    pub(super) fn print_block(&mut self, block: Block, frame: &Frame<'_, 'r>, out: &mut String) -> Run<bool> {
        let number = block.0 as usize;
        if self.active[number] >= MAX_BLOCK_DEPTH {
            return Ok(false);
        }
        self.active[number] += 1;
        let result = self.block(&self.program.blocks[number], frame, out);
        self.active[number] -= 1;
        unless_broken(result)?;
        Ok(true)
    }
}

/// `#break` leaves the innermost macro, block or loop.
pub(super) fn unless_broken(result: Run<()>) -> Run<()> {
    match result {
        Err(Halt::Break) => Ok(()),
        other => other,
    }
}

pub(super) fn fault(message: String) -> Halt {
    Halt::Problem(Box::new(Problem::Template(message.into())))
}
