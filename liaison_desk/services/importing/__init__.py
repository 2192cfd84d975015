"""Taking the county's member roster in: read a sheet, plan, show the plan, then apply it.

`reader.read_sheet` turns a file into text cells, `roster.plan_roster` says without touching
anything what importing them would do, and `applying.apply_roster` does it as one deed.
"""
