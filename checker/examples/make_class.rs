//! Makes a class of submissions out of a course: solutions, variants, mistakes, mutants and starters, the
//! same for the same seed, in the shapes in which learning platforms hand them out.
//!
//! ```text
//! cargo run --example make_class -- --course . --students 200 --seed 1 --shape canvas OUT
//! ```
//!
//! Shapes: `folder` (a folder a student), `zip` and `targz` (an archive a student), `canvas` (one zip with a
//! zip a student), `moodle` (one zip with a folder a student). The names are made up.

use std::error::Error;
use std::fs::{self, File};
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

use checker::course::{Course, Exercise};
use checker::mutate;
use clap::{Parser, ValueEnum};
use fastrand::Rng;
use zip::write::SimpleFileOptions;

type Result<T> = std::result::Result<T, Box<dyn Error>>;
/// Paths in a submission, and contents.
type Files = Vec<(String, Vec<u8>)>;

#[derive(Parser)]
struct Asked {
    #[arg(long, default_value = ".")]
    course: PathBuf,
    #[arg(long, default_value_t = 200)]
    students: usize,
    #[arg(long, default_value_t = 1)]
    seed: u64,
    #[arg(long, value_enum, default_value_t = Shape::Folder)]
    shape: Shape,
    /// A folder that is made anew.
    out: PathBuf,
}

#[derive(Clone, Copy, ValueEnum)]
enum Shape {
    Folder,
    Zip,
    Targz,
    Canvas,
    Moodle,
}

/// All that a student may have written for one exercise.
struct Pool {
    name: String,
    solution: Files,
    /// The solution's own, by what they are.
    variants: Vec<Files>,
    mistakes: Vec<Files>,
    mutants: Vec<Files>,
    starter: Files,
}

fn main() -> Result<()> {
    let asked = Asked::parse();
    let course = Course::open(&asked.course)?;
    let pools = course.load_all()?.iter().map(|one| pool(&course, one)).collect::<Result<Vec<Pool>>>()?;
    let mut rng = Rng::with_seed(asked.seed);
    fs::create_dir(&asked.out)?;
    let class: Vec<Files> =
        (0..asked.students).map(|student| submission(&pools, student, &mut rng)).collect();
    write(&asked, &class)?;
    println!("{} submissions in {}", class.len(), asked.out.display());
    Ok(())
}

fn pool(course: &Course, exercise: &Exercise) -> Result<Pool> {
    let solution = course.solution(exercise)?;
    let own = sources(&solution.dir)?;
    let with = |path: &str, content: Vec<u8>| {
        let mut files = own.clone();
        files.retain(|(known, _)| known != path);
        files.push((path.to_owned(), content));
        files
    };
    let mistakes = solution
        .mistakes
        .iter()
        .map(|mistake| Ok(with(&mistake.replaces.display().to_string(), fs::read(&mistake.file)?)));
    Ok(Pool {
        name: exercise.name.clone(),
        variants: solution.variants.iter().map(|folder| sources(folder)).collect::<Result<_>>()?,
        mistakes: mistakes.collect::<Result<_>>()?,
        mutants: mutants(&own)?.into_iter().map(|(file, text)| with(&file, text)).collect(),
        starter: sources(&course.starter(exercise)?)?,
        solution: own,
    })
}

fn mutants(own: &Files) -> Result<Files> {
    let mut all = Vec::new();
    for (path, content) in own {
        let text = std::str::from_utf8(content)?;
        all.extend(
            mutate::mutants(path, text)?.into_iter().map(|one| (path.clone(), one.source.into_bytes())),
        );
    }
    Ok(all)
}

/// The files below `folder/src`.
fn sources(folder: &Path) -> Result<Files> {
    let mut files = Vec::new();
    let mut folders = vec![folder.join("src")];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder)?.display().to_string();
                files.push((name, fs::read(&path)?));
            }
        }
    }
    files.sort();
    Ok(files)
}

/// One student's work: no two students have the same text, as in a class.
fn submission(pools: &[Pool], student: usize, rng: &mut Rng) -> Files {
    let mut files = Vec::new();
    for pool in pools {
        let of = |some: &Vec<Files>, rng: &mut Rng| {
            if some.is_empty() { pool.solution.clone() } else { some[rng.usize(..some.len())].clone() }
        };
        let work = match rng.u32(0..100) {
            0..35 => pool.solution.clone(),
            35..60 => of(&pool.variants, rng),
            60..80 => of(&pool.mistakes, rng),
            80..95 => of(&pool.mutants, rng),
            95..98 => pool.starter.clone(),
            _ => continue,
        };
        for (path, mut content) in work {
            content.extend(format!("\n// student-{student:03}\n").into_bytes());
            files.push((format!("{}/{path}", pool.name), content));
        }
    }
    files
}

fn write(asked: &Asked, class: &[Files]) -> Result<()> {
    let out = &asked.out;
    match asked.shape {
        Shape::Folder => {
            for (student, files) in class.iter().enumerate() {
                for (path, content) in files {
                    let path = out.join(format!("student-{student:03}")).join(path);
                    fs::create_dir_all(path.parent().unwrap_or(out))?;
                    fs::write(path, content)?;
                }
            }
        }
        Shape::Zip => {
            for (student, files) in class.iter().enumerate() {
                fs::write(out.join(format!("student-{student:03}.zip")), zipped(files)?)?;
            }
        }
        Shape::Targz => {
            for (student, files) in class.iter().enumerate() {
                tarred(&out.join(format!("student-{student:03}.tar.gz")), files)?;
            }
        }
        Shape::Canvas => {
            let each = class.iter().enumerate().map(|(student, files)| {
                let name =
                    format!("examplestudent{student:03}_{}_{}_work.zip", 10_000 + student, 90_000 + student);
                Ok((name, zipped(files)?))
            });
            fs::write(out.join("submissions.zip"), zipped(&each.collect::<Result<Files>>()?)?)?;
        }
        Shape::Moodle => {
            let each = class.iter().enumerate().flat_map(|(student, files)| {
                let folder =
                    format!("Student {student:03} Example_{}_assignsubmission_file", 10_000 + student);
                files.iter().map(move |(path, content)| (format!("{folder}/{path}"), content.clone()))
            });
            fs::write(out.join("submissions.zip"), zipped(&each.collect())?)?;
        }
    }
    Ok(())
}

fn zipped(files: &Files) -> Result<Vec<u8>> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (path, content) in files {
        zip.start_file(path, SimpleFileOptions::default())?;
        zip.write_all(content)?;
    }
    Ok(zip.finish()?.into_inner())
}

fn tarred(place: &Path, files: &Files) -> Result<()> {
    let gz = flate2::write::GzEncoder::new(File::create(place)?, flate2::Compression::default());
    let mut tar = tar::Builder::new(gz);
    for (path, content) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        header.set_mtime(1_790_000_000);
        header.set_cksum();
        tar.append_data(&mut header, path, &content[..])?;
    }
    tar.into_inner()?.finish()?;
    Ok(())
}
