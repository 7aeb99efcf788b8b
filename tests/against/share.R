# Intervals of shares, as R's binom.test and prop.test give them. What they are beyond 10,000, where binom.test takes long
# (for its p, which nobody asks for here), is the formula that binom.test has.
source("tests/against/sets.R")
set.seed(1934)

exact <- function(k, n) {
	if (n <= 1e4) return(binom.test(k, n)$conf.int)
	c(if (k == 0) 0 else qbeta(0.025, k, n - k + 1), if (k == n) 1 else qbeta(0.975, k + 1, n - k))
}

sets <- 1:1500
n <- sapply(sets, function(set)
	switch(1 + set %% 5, sample(9, 1), sample(99, 1), sample(1e4, 1), sample(1e6, 1), round(10^runif(1, 6, 12))))
k <- sapply(sets, function(set)
	switch(1 + set %/% 5 %% 5, 0, n[set], 1, round(n[set] * rbeta(1, 0.3, 0.3)), round(n[set] * runif(1))))
for (method in c("wilson", "exact")) {
	interval <- sapply(sets, function(set) {
		if (method == "exact") exact(k[set], n[set])
		else suppressWarnings(prop.test(k[set], n[set], correct = FALSE)$conf.int)
	})
	# Rounding leaves something of what is none.
	interval[1, k == 0] <- 0
	interval[2, k == n] <- 1
	write_set(method, data.frame(k, n), paste("--method", method))
	expect(method, sprintf("%d.p", sets - 1), k / n, 1e-15, "share")
	for (end in 1:2)
		expect(method, sprintf("%d.%s", sets - 1, c("lo", "hi")[end]), interval[end, ],
		       if (method == "exact") 1e-12 else 1e-9, method)
}
finish()
