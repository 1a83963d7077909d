// Specialised uops: see uop_base.td.
