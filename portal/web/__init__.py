"""HTTP and nothing else: routes, cookies, forms in, pages out."""
