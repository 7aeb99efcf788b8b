// What others computed against what `rampe` printed: node agree.js FOLDER. FOLDER/expected has a line for each number:
// NAME, the place in NAME.json ("wilcoxon.p"), the value (NA: null), the largest relative difference, the family it is
// counted in. Prints for each family how many numbers there were, how many disagree and the largest difference.
const fs = require("fs"), folder = process.argv[2], printed = {}, families = {};
for (const line of fs.readFileSync(`${folder}/expected`, "utf8").trim().split("\n")) {
	const [name, place, value, most, family] = line.split("\t");
	printed[name] ??= JSON.parse(fs.readFileSync(`${folder}/${name}.json`, "utf8"));
	let got = printed[name];
	for (const step of place.split(".")) got = got?.[step];
	const count = (families[family] ??= { n: 0, wrong: 0, worst: 0 });
	const want = value === "NA" ? null : Number(value);
	const off = got === want ? 0 : typeof got === "number" && want !== null ? Math.abs(got - want) / Math.abs(want) : Infinity;
	count.n++;
	count.worst = Math.max(count.worst, off);
	if (!(off <= Number(most)) && count.wrong++ < 3) console.error(`${name} ${place}: ${got} instead of ${want}`);
}
for (const [family, c] of Object.entries(families)) console.log(family, c.n, c.wrong, c.worst.toExponential(1));
