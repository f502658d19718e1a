const root = document.documentElement;
const theme = document.getElementById("theme");
const isDark = () => root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
const label = () => theme.textContent = isDark() ? "Light" : "Dark";
theme.addEventListener("click", () => {
	root.dataset.theme = isDark() ? "light" : "dark";
	localStorage.setItem("theme", root.dataset.theme);
	label();
});
label();

const menu = document.getElementById("menu");
menu.addEventListener("click", () => {
	const open = document.getElementById("navigation").classList.toggle("open");
	menu.setAttribute("aria-expanded", open);
});

const search = document.getElementById("search");
const results = document.getElementById("results");
const score = (section, words) => {
	let sum = 0;
	for (const word of words) {
		const inTitle = section.title.toLowerCase().includes(word);
		if (!inTitle && !section.text.toLowerCase().includes(word) && !section.page.toLowerCase().includes(word)) {
			return 0;
		}
		sum += inTitle ? 10 : 1;
	}
	return sum;
};
search.addEventListener("input", () => {
	const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
	const found = words.length ? sections.map(section => ({ section, score: score(section, words) }))
		.filter(hit => hit.score).sort((a, b) => b.score - a.score).slice(0, 12) : [];
	results.replaceChildren(...found.map(({ section }) => {
		const item = document.createElement("li");
		const link = document.createElement("a");
		link.href = section.href;
		link.textContent = section.title;
		const page = document.createElement("small");
		page.textContent = section.page;
		link.append(page);
		link.addEventListener("click", () => results.hidden = true);
		item.append(link);
		return item;
	}));
	if (words.length && !found.length) {
		results.textContent = "Nothing found";
	}
	results.hidden = !words.length;
});
document.addEventListener("keydown", event => {
	if (event.key === "/" && document.activeElement !== search) {
		event.preventDefault();
		search.focus();
	}
	if (event.key === "Escape") {
		results.hidden = true;
	}
});

if (navigator.clipboard) {
	for (const code of document.querySelectorAll("pre code")) {
		const copy = document.createElement("button");
		copy.type = "button";
		copy.textContent = "Copy";
		copy.addEventListener("click", () => navigator.clipboard.writeText(code.textContent).then(() => copy.textContent = "Copied"));
		code.before(copy);
	}
}
