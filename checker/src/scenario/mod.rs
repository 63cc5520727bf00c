//! What a scenario *is*: steps, templates, variables, expectations. Pure data and pure functions over bytes;
//! knows neither exercises nor sockets.

pub mod cut;
pub mod generate;
pub mod matcher;
pub mod step;
pub mod template;
pub mod weight;
