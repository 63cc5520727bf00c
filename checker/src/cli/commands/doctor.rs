//! `checker doctor`: what is here, what is missing, and the cure.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use crate::build::builder::Builder;
use crate::build::builder::CompilerWords;
use crate::cli::args::Global;
use crate::cli::context::{Context, look};
use crate::cli::exit::{Exit, Stop};
use crate::report::terminal::hanging;
use crate::sandbox::{Rung, probe};

/// Below this a compilation may fail, in bytes.
const LITTLE_SPACE: u64 = 200 * 1024 * 1024;

pub fn doctor(global: &Global) -> Result<Exit, Stop> {
    let mut out = io::stdout().lock();
    let mut exit = Exit::Passed;
    let look = look(global.color);
    let is_terminal = io::stdout().is_terminal();
    let columns = if is_terminal { look.width } else { usize::MAX };
    let mut line = |ok: bool, what: &str, text: &str| -> io::Result<()> {
        let mark = if ok { "✓" } else { "✗" };
        writeln!(out, "{}", hanging(&format!("{mark} {what:<10} "), text.trim(), columns))
    };
    let folder = tempfile::tempdir()?;
    let words = CompilerWords { color: false, width: 80 };
    match Builder::new(folder.path(), words, std::time::Duration::from_secs(1)) {
        Ok(builder) => line(true, "compiler", builder.compiler())?,
        Err(message) => {
            exit = Exit::Fault;
            line(false, "compiler", &message)?;
        }
    }
    let tried = probe::all();
    let best = tried.iter().find(|(_, error)| error.is_none()).map_or(Rung::Zero, |(rung, _)| *rung);
    line(
        best == Rung::Three,
        "isolation",
        &format!("rung {best} is the best that is to be had here: {}", means(best)),
    )?;
    for (rung, error) in tried {
        match error {
            None => line(true, "", &format!("rung {rung}: works"))?,
            Some(error) => line(false, "", &format!("rung {rung}: {error}"))?,
        }
    }
    match Context::open(global) {
        Ok(context) => {
            let (title, root) = (&context.course.title, &context.course.root);
            line(true, "course", &format!("{title}, in {}", root.display()))?;
            exit = exit.max(disk(root, &mut line)?);
        }
        Err(stop) => {
            exit = exit.max(stop.exit);
            line(false, "course", &stop.message)?;
        }
    }
    let kind = if is_terminal { "a terminal" } else { "a pipe or a file" };
    let color = if look.color { "colours" } else { "no colours" };
    line(true, "output", &format!("{kind}, {} columns, {color}", look.width))?;
    Ok(exit)
}

fn means(rung: Rung) -> &'static str {
    match rung {
        Rung::Three => {
            "programs run in namespaces of their own, without network, rights or sight of your files"
        }
        Rung::Two => "programs run under bubblewrap, without network or sight of your files",
        Rung::One => {
            "programs see none of your files, but share your network and user; for strangers' code only if you \
             must"
        }
        Rung::Zero => "programs run with limits only; for your own code, not for strangers'",
    }
}

fn disk(root: &Path, line: &mut impl FnMut(bool, &str, &str) -> io::Result<()>) -> io::Result<Exit> {
    let writable = tempfile::tempfile_in(root);
    if let Err(error) = writable {
        let told =
            format!("can't write in {}: {error}; progress and binaries are kept there", root.display());
        line(false, "disk", &told)?;
        return Ok(Exit::Fault);
    }
    let free = nix::sys::statvfs::statvfs(root)
        .map(|stat| stat.blocks_available() * stat.fragment_size())
        .unwrap_or(0);
    let enough = free >= LITTLE_SPACE;
    let cure = if enough { "" } else { "; a compilation may need more: make room" };
    line(enough, "disk", &format!("{} MiB free{cure}", free / (1024 * 1024)))?;
    Ok(if enough { Exit::Passed } else { Exit::Fault })
}
