"""Handing records to the county as one file, the packet (报送包), and taking packets in.

`making` writes one to a stick, `reading` verifies one, `merge` plans what it changes (pure), and
`receiving` carries the plan out as one deed.
"""
