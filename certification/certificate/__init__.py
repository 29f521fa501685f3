"""A certificate: issue, statement, paper, keys, versions, status, public look-up, register export."""
