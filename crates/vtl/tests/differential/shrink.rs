//! Makes a template on which the engines differ shorter, as long as they differ.

use crate::data::Data;
use crate::golden::{Dialect, rendered};
use crate::jvm::Velocity;

/// Rounds of asking both engines.
const ROUNDS: usize = 60;

/// What both engines make of a template: this one first.
pub(crate) fn both(template: &str, velocity: &mut Velocity, data: &Data) -> (String, String) {
    let theirs = velocity.render(&[template.to_owned()]).remove(0);
    (rendered(template, data, Dialect::Velocity), theirs)
}

pub(crate) fn shrink(template: &str, velocity: &mut Velocity, data: &Data) -> String {
    let mut smallest: Vec<char> = template.chars().collect();
    let mut piece = smallest.len() / 2;
    for _ in 0..ROUNDS {
        if piece == 0 {
            break;
        }
        match shorter(&smallest, piece, velocity, data) {
            Some(found) => smallest = found,
            None => piece /= 2,
        }
    }
    smallest.into_iter().collect()
}

/// The template without one of its pieces, if the engines still differ.
fn shorter(template: &[char], piece: usize, velocity: &mut Velocity, data: &Data) -> Option<Vec<char>> {
    let without: Vec<String> = (0..template.len())
        .step_by(piece)
        .map(|start| {
            let end = (start + piece).min(template.len());
            template[..start].iter().chain(&template[end..]).collect()
        })
        .collect();
    let answers = velocity.render(&without);
    let differs = |(text, theirs): &(&String, &String)| rendered(text, data, Dialect::Velocity) != **theirs;
    without.iter().zip(&answers).find(differs).map(|(text, _)| text.chars().collect())
}
