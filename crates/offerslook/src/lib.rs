//! The client for the OffersLook Affiliate API: offer ids in, tracking links out
