//! The `cutscore` program.

fn main() {}
