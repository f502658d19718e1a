/*
 * Copyright 2026-present the original author or authors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *      https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.github.imds.docs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * Makes the site: each page of {@code docs} as HTML with navigation and search, and the
 * Javadoc of the modules.
 *
 * @since 0.1.0
 */
public final class Site {

	private static final List<String> ASSETS = List.of("site.css", "site.js");

	private static final List<String> MODULES = List.of("imds-client", "imds-spring-boot-autoconfigure",
			"imds-spring-boot-test");

	private final Path root;

	private final Path target;

	private Site(Path root, Path target) {
		this.root = root;
		this.target = target;
	}

	/**
	 * Make the site.
	 * @param args the root of the project, and the directory to write to
	 * @throws IOException if a file cannot be read or written
	 */
	public static void main(String[] args) throws IOException {
		Site site = new Site(Path.of(args[0]), Path.of(args[1]));
		site.write();
		System.out.println("Site written to " + site.target.toAbsolutePath().normalize().resolve("index.html"));
	}

	private void write() throws IOException {
		Files.createDirectories(this.target);
		Page index = Page.of(this.root.resolve("docs/README.md"));
		List<Page> pages = new ArrayList<>(List.of(index));
		index.links()
			.stream()
			.filter((link) -> link.endsWith(".md") && !link.startsWith("../"))
			.map((link) -> Page.of(this.root.resolve("docs").resolve(link)))
			.forEach(pages::add);
		for (String asset : ASSETS) {
			Files.writeString(this.target.resolve(asset), resource(asset));
		}
		copy(this.root.resolve("docs/images"), this.target.resolve("images"));
		copy(this.root.resolve("docs/performance"), this.target.resolve("performance"));
		List<String> javadoc = copyJavadoc();
		String template = resource("page.html");
		for (Page page : pages) {
			Files.writeString(this.target.resolve(name(page)),
					template.replace("{{title}}", escape(page.title()))
						.replace("{{navigation}}", navigation(pages, page, javadoc))
						.replace("{{content}}", html(page)));
		}
		Files.writeString(this.target.resolve("search.js"),
				"const sections = [" + pages.stream()
					.flatMap((page) -> sections(page).entrySet().stream().map((section) -> entry(page, section)))
					.collect(Collectors.joining(",\n")) + "];\n");
	}

	private static String html(Page page) {
		Map<Heading, String> anchors = page.anchors();
		return HtmlRenderer.builder()
			.extensions(Page.extensions())
			.attributeProviderFactory((context) -> (node, tag, attributes) -> {
				if (node instanceof Heading heading && anchors.containsKey(heading)) {
					attributes.put("id", anchors.get(heading));
				}
				if (node instanceof Link link) {
					attributes.put("href", target(link.getDestination()));
				}
			})
			.build()
			.render(page.document());
	}

	private static String target(String link) {
		if (link.matches("[a-z]+:.*")) {
			return link;
		}
		if (link.startsWith("../")) {
			return "https://github.com/imds/imds-spring-boot/blob/main/" + link.substring(3);
		}
		return link.replaceFirst("^README\\.md", "index.html").replaceFirst("\\.md(#|$)", ".html$1");
	}

	private static String navigation(List<Page> pages, Page current, List<String> javadoc) {
		String links = pages.stream()
			.map((page) -> "<li><a href=\"" + name(page) + "\"" + ((page == current) ? " aria-current=\"page\"" : "")
					+ ">" + escape(page.title()) + "</a></li>")
			.collect(Collectors.joining("\n"));
		String api = javadoc.stream()
			.map((module) -> "<li><a href=\"api/" + module + "/index.html\">" + module + "</a></li>")
			.collect(Collectors.joining("\n"));
		return "<ul>" + links + "</ul>" + (javadoc.isEmpty() ? "" : "<p>Javadoc</p><ul>" + api + "</ul>");
	}

	private static Map<Heading, String> sections(Page page) {
		Map<Heading, String> sections = new LinkedHashMap<>();
		Heading heading = null;
		for (Node node = page.document().getFirstChild(); node != null; node = node.getNext()) {
			if (node instanceof Heading next) {
				heading = next;
				sections.put(heading, "");
			}
			else if (heading != null) {
				sections.merge(heading, Page.text(node), (first, second) -> first + " " + second);
			}
		}
		return sections;
	}

	private static String entry(Page page, Map.Entry<Heading, String> section) {
		return "{\"page\":" + json(page.title()) + ",\"title\":" + json(Page.text(section.getKey())) + ",\"href\":"
				+ json(name(page) + "#" + page.anchors().get(section.getKey())) + ",\"text\":"
				+ json(section.getValue()) + "}";
	}

	private List<String> copyJavadoc() throws IOException {
		List<String> copied = new ArrayList<>();
		for (String module : MODULES) {
			Path api = this.root.resolve(module).resolve("target/reports/apidocs");
			if (Files.exists(api.resolve("index.html"))) {
				copy(api, this.target.resolve("api").resolve(module));
				copied.add(module);
			}
		}
		return copied;
	}

	private static void copy(Path from, Path to) throws IOException {
		if (!Files.isDirectory(from)) {
			return;
		}
		try (Stream<Path> files = Files.walk(from)) {
			for (Path file : files.toList()) {
				Path copy = to.resolve(from.relativize(file).toString());
				if (Files.isDirectory(file)) {
					Files.createDirectories(copy);
				}
				else {
					Files.write(copy, Files.readAllBytes(file));
				}
			}
		}
	}

	private static String name(Page page) {
		String name = page.file().getFileName().toString();
		return name.equals("README.md") ? "index.html" : name.replace(".md", ".html");
	}

	private static String escape(String text) {
		return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
	}

	private static String json(String text) {
		return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\s+", " ").replace("</", "<\\/")
				+ "\"";
	}

	private static String resource(String name) {
		try (InputStream resource = Site.class.getResourceAsStream(name)) {
			if (resource == null) {
				throw new IllegalStateException(name + " is missing");
			}
			return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
