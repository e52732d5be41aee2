//! The sandbox's own log of requests in which the account stands where it does not belong.
