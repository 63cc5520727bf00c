//! Closing the record: what is told of the programs when a script has stopped.

use std::io;
use std::time::{Duration, Instant};

use super::interpreter::Script;
use super::{kernel_view, processes};
use crate::drive::job::Job;
use crate::drive::kernel::proc;
use crate::drive::world::World;
use crate::record::fact::Fact;
use crate::record::observation::{Observation, ProgramRecord, Stop};

/// How long a program that may be about to end is given to do so, before the record is closed.
const LAST_WORDS: Duration = Duration::from_millis(200);

impl Script<'_> {
    /// A program that is dying has closed its sockets before it has ended, and before its last words
    /// have arrived: give it the moment, so that the record says why. So has one that was stopped at a
    /// limit.
    fn settle(&mut self, fact: &Fact) -> io::Result<()> {
        let hung_up = fact.is_hang_up();
        let ending = |world: &World| {
            world.programs().any(|(_, program)| {
                let doomed = hung_up || program.panic().is_some() || program.limit.is_some();
                program.exit.is_none() && (doomed || proc::is_exiting(program.process.pid()))
            })
        };
        let patience = Instant::now() + LAST_WORDS;
        while ending(&self.world) && Instant::now() < patience {
            self.world.pump(Duration::from_millis(5))?;
        }
        self.world.pump(Duration::ZERO)
    }

    pub fn observe(mut self, job: &Job, stop: Stop) -> (Observation, World) {
        let (mut kernel, mut programs, mut transcript) = Default::default();
        if let Stop::Unmet(unmet) = &stop {
            // Trouble here only makes the explanation poorer.
            drop(self.settle(&unmet.fact));
            kernel = kernel_view::of(&self.world);
        }
        let took_us = self.world.elapsed_us();
        if stop == Stop::Finished {
            self.world.end_programs();
        } else {
            programs = self.end_programs();
            transcript = std::mem::take(&mut self.world.transcript);
        }
        let (seed, rung, starved) = (job.seed, self.rung, self.starved);
        let observation = Observation { seed, rung, stop, programs, kernel, transcript, took_us, starved };
        (observation, self.world)
    }

    /// Ends them, and tells what they did.
    fn end_programs(&mut self) -> Vec<ProgramRecord> {
        let left: Vec<_> = self.world.programs().map(|(_, program)| processes::left(program)).collect();
        self.world.end_programs();
        let programs = self.world.programs().zip(left).map(|((label, program), left)| ProgramRecord {
            part: label.to_owned(),
            program: program.name.clone(),
            pid: program.pid,
            exit: program.exit,
            stopped: program.stopped,
            stdout: program.stdout.excerpt(),
            stderr: program.stderr.excerpt(),
            panic: program.panic(),
            peak_kib: program.peak_kib,
            limit: program.limit,
            left,
        });
        programs.collect()
    }
}
