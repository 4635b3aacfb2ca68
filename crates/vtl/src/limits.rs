//! What one rendering may use, and has used.

use std::time::Duration;

use crate::error::Exceeded;

/// Bounds of one rendering.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Steps: statements, references, calls, rounds of loops; long work of one step counts as several.
    pub fuel: u64,
    /// How deep macros, blocks, expressions and values may nest, all together.
    pub depth: u32,
    /// Bytes of the output.
    pub output: usize,
    /// Bytes of all strings and collections that the template makes, whether or not they still live.
    pub memory: usize,
    /// How long one rendering may take: some steps, such as comparing large collections, are far longer than others.
    pub time: Duration,
    /// What time it is, counted from anywhere: nothing here reads a clock. That of the default stands still.
    pub clock: fn() -> Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            fuel: 10_000_000,
            depth: 128,
            output: 10 << 20,
            memory: 128 << 20,
            time: Duration::from_secs(5),
            clock: || Duration::ZERO,
        }
    }
}

/// What is left of the limits. Methods that make values or walk over long ones charge for it.
#[derive(Debug)]
pub struct Meter {
    fuel: u64,
    memory: usize,
    depth: u32,
    output: usize,
    deadline: Duration,
    clock: fn() -> Duration,
    /// Calls since the clock was asked.
    unasked: u8,
    /// Collections that were put into collections: some may now hold themselves.
    adopters: Vec<crate::Value>,
}

impl Meter {
    #[must_use]
    pub fn new(limits: &Limits) -> Self {
        Self {
            fuel: limits.fuel,
            memory: limits.memory,
            depth: limits.depth,
            output: limits.output,
            deadline: (limits.clock)().saturating_add(limits.time),
            clock: limits.clock,
            unasked: 0,
            adopters: Vec::new(),
        }
    }

    /// Takes steps.
    ///
    /// # Errors
    /// When none are left.
    pub fn steps(&mut self, count: u64) -> Result<(), Exceeded> {
        self.fuel = self.fuel.checked_sub(count).ok_or(Exceeded::Fuel)?;
        Ok(())
    }

    /// Takes bytes for a value that is about to be made, and steps for filling them.
    ///
    /// # Errors
    /// When too few are left.
    pub fn bytes(&mut self, count: usize) -> Result<(), Exceeded> {
        self.memory = self.memory.checked_sub(count).ok_or(Exceeded::Memory)?;
        self.steps(count as u64 / 256)
    }

    /// To be asked where one step may be a long one.
    ///
    /// # Errors
    /// When the time is over.
    pub(crate) fn in_time(&self) -> Result<(), Exceeded> {
        if (self.clock)() < self.deadline { Ok(()) } else { Err(Exceeded::Time) }
    }

    /// The same before a call; asks only now and then where short ones follow each other.
    ///
    /// # Errors
    /// When the time is over.
    pub(crate) fn calls(&mut self, is_long: bool) -> Result<(), Exceeded> {
        const SHORT_CALLS: u8 = 16;
        self.unasked += 1;
        if !is_long && self.unasked < SHORT_CALLS {
            return Ok(());
        }
        self.unasked = 0;
        self.in_time()
    }

    /// How deep values may nest.
    #[must_use]
    pub fn depth(&self) -> u32 {
        self.depth
    }

    /// The longest text that may be made.
    #[must_use]
    pub fn output(&self) -> usize {
        self.output
    }

    pub(crate) fn enter(&mut self) -> Result<(), Exceeded> {
        self.depth = self.depth.checked_sub(1).ok_or(Exceeded::Depth)?;
        Ok(())
    }

    pub(crate) fn leave(&mut self) {
        self.depth += 1;
    }

    /// Must be told of each collection into which another one was put, so that cycles are freed in the end.
    pub fn adopted(&mut self, collection: &crate::Value, member: &crate::Value) {
        if member.is_container() {
            self.adopters.push(collection.clone());
        }
    }
}

impl Drop for Meter {
    /// Values that hold themselves would stay for ever.
    fn drop(&mut self) {
        if !self.adopters.is_empty() {
            crate::value::cut_cycles(std::mem::take(&mut self.adopters));
        }
    }
}
