//! Writes the contracts' documents below the folder that is named: `make docs`.

use std::{error::Error, fs, io, path::Path};

/// What belongs to this program alone: a document that no type stands for any more goes away.
const OWNED: [&str; 2] = ["schemas", "asyncapi"];

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("name the folder to write to")?;
    let folder = Path::new(&folder);
    for owned in OWNED {
        remove(&folder.join(owned))?;
    }
    for (path, text) in contracts::documents() {
        let path = folder.join(path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(path, text)?;
    }
    Ok(())
}

fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
