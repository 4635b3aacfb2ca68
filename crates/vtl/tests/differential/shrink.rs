//! Makes a template on which the engines differ shorter, as long as they differ.

use crate::data::Data;
use crate::golden::{Dialect, rendered};
use crate::jvm::Velocity;

/// Rounds of asking both engines.
const ROUNDS: usize = 60;
/// How the words for errors begin.
const ERROR: char = '!';

/// What both engines make of a template: this one first.
pub(crate) fn both(template: &str, velocity: &mut Velocity, data: &Data) -> (String, String) {
    let theirs = velocity.render(&[template.to_owned()]).remove(0);
    (rendered(template, data, Dialect::Velocity), theirs)
}

/// Whether the engines agree; it does not count when an error is found, nor in which words.
pub(crate) fn agree(own: &str, theirs: &str) -> bool {
    own == theirs || (own.starts_with(ERROR) && theirs.starts_with(ERROR))
}

/// How they differ: a template must stay of its kind while it becomes shorter.
fn kind(own: &str, theirs: &str) -> Option<(bool, bool)> {
    (!agree(own, theirs)).then(|| (own.starts_with(ERROR), theirs.starts_with(ERROR)))
}

pub(crate) fn shrink(template: &str, velocity: &mut Velocity, data: &Data) -> String {
    let mut smallest: Vec<char> = template.chars().collect();
    let (own, theirs) = both(template, velocity, data);
    let wanted = kind(&own, &theirs);
    let mut piece = smallest.len() / 2;
    for _ in 0..ROUNDS {
        if piece == 0 {
            break;
        }
        match shorter(&smallest, piece, |own, theirs| kind(own, theirs) == wanted, velocity, data) {
            Some(found) => smallest = found,
            None => piece /= 2,
        }
    }
    smallest.into_iter().collect()
}

/// The template without one of its pieces, if the engines still differ as wanted.
fn shorter(
    template: &[char],
    piece: usize,
    wanted: impl Fn(&str, &str) -> bool,
    velocity: &mut Velocity,
    data: &Data,
) -> Option<Vec<char>> {
    let without: Vec<String> = (0..template.len())
        .step_by(piece)
        .map(|start| {
            let end = (start + piece).min(template.len());
            template[..start].iter().chain(&template[end..]).collect()
        })
        .collect();
    let answers = velocity.render(&without);
    let differs =
        |(text, theirs): &(&String, &String)| wanted(&rendered(text, data, Dialect::Velocity), theirs);
    without.iter().zip(&answers).find(differs).map(|(text, _)| text.chars().collect())
}
