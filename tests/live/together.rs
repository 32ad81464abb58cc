//! One game over several contracts at once: everybody sees the same.
