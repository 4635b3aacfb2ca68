//! Constraints of members, made by `cargo xtask codegen`; do not edit.
