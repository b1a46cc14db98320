own_key  = "true"
settings = { name = "example", extra = 1 }
