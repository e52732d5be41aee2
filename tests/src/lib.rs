//! Tests of the workspace as a whole: adapters, command, sandbox
