"""stub to be written"""
def seed_bulk(tally, **kw): pass
