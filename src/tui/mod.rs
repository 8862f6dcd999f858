//! The screens.

mod markdown;
mod theme;
mod wrap;

pub use theme::Theme;
