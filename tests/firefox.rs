//! Firefox: the smoke journey.
