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
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.SourceSpan;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.text.TextContentRenderer;

/**
 * A page of the documentation, written in Markdown.
 *
 * @since 0.1.0
 */
public final class Page {

	private static final List<TablesExtension> EXTENSIONS = List.of((TablesExtension) TablesExtension.create());

	private static final Parser PARSER = Parser.builder()
		.extensions(EXTENSIONS)
		.includeSourceSpans(IncludeSourceSpans.BLOCKS)
		.build();

	private static final TextContentRenderer TEXT = TextContentRenderer.builder().extensions(EXTENSIONS).build();

	private final Path file;

	private final Node document;

	private Page(Path file, Node document) {
		this.file = file;
		this.document = document;
	}

	/**
	 * Read a page.
	 * @param file the Markdown file
	 * @return the page
	 */
	public static Page of(Path file) {
		try {
			return new Page(file, PARSER.parse(Files.readString(file)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Read the pages that users see: those at the root of the project, of {@code docs}
	 * and of its modules.
	 * @param root the root of the project
	 * @return the pages, ordered by path
	 */
	public static List<Page> all(Path root) {
		try (Stream<Path> atRoot = Files.list(root); Stream<Path> reference = Files.list(root.resolve("docs"))) {
			return Stream.concat(atRoot, reference)
				.filter((file) -> file.toString().endsWith(".md"))
				.sorted()
				.map(Page::of)
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Return the Markdown file.
	 * @return the file
	 */
	public Path file() {
		return this.file;
	}

	/**
	 * Return the parsed page.
	 * @return the document
	 */
	public Node document() {
		return this.document;
	}

	/**
	 * Return the title: the first heading.
	 * @return the title, or the name of the file
	 */
	public String title() {
		List<Heading> headings = headings();
		return headings.isEmpty() ? this.file.getFileName().toString() : text(headings.get(0));
	}

	/**
	 * Return all headings.
	 * @return the headings in their order
	 */
	public List<Heading> headings() {
		List<Heading> headings = new ArrayList<>();
		this.document.accept(new AbstractVisitor() {

			@Override
			public void visit(Heading heading) {
				headings.add(heading);
			}

		});
		return headings;
	}

	/**
	 * Return the anchors of the headings, as GitHub makes them.
	 * @return the anchor of each heading
	 */
	public Map<Heading, String> anchors() {
		Map<Heading, String> anchors = new HashMap<>();
		Map<String, Integer> seen = new HashMap<>();
		for (Heading heading : headings()) {
			String anchor = text(heading).strip()
				.toLowerCase(Locale.ROOT)
				.replaceAll("[^\\p{L}\\p{N} _-]", "")
				.replace(' ', '-');
			int count = seen.merge(anchor, 1, Integer::sum);
			anchors.put(heading, (count == 1) ? anchor : anchor + "-" + (count - 1));
		}
		return anchors;
	}

	/**
	 * Return the targets of links and images.
	 * @return the targets as written
	 */
	public List<String> links() {
		List<String> links = new ArrayList<>();
		this.document.accept(new AbstractVisitor() {

			@Override
			public void visit(Link link) {
				links.add(link.getDestination());
				visitChildren(link);
			}

			@Override
			public void visit(Image image) {
				links.add(image.getDestination());
			}

		});
		return links;
	}

	/**
	 * Return the blocks of code in a language.
	 * @param language the language, such as {@code java}
	 * @return the blocks in their order
	 */
	public List<Block> blocks(String language) {
		List<Block> blocks = new ArrayList<>();
		String[] heading = { "" };
		this.document.accept(new AbstractVisitor() {

			@Override
			public void visit(Heading visited) {
				heading[0] = text(visited);
			}

			@Override
			public void visit(FencedCodeBlock block) {
				if (block.getInfo() != null && block.getInfo().split(" ")[0].equals(language)) {
					List<SourceSpan> spans = block.getSourceSpans();
					blocks.add(
							new Block(Page.this.file, spans.get(0).getLineIndex() + 1, heading[0], block.getLiteral()));
				}
			}

			@Override
			public void visit(IndentedCodeBlock block) {
				throw new IllegalStateException(Page.this.file + ": indented code has no language");
			}

		});
		return blocks;
	}

	/**
	 * Return the text of a node.
	 * @param node the node
	 * @return the text without any markup
	 */
	static String text(Node node) {
		return TEXT.render(node);
	}

	static List<TablesExtension> extensions() {
		return EXTENSIONS;
	}

	/**
	 * A block of code.
	 *
	 * @param file the page
	 * @param line the line it begins at
	 * @param heading the heading it is below
	 * @param code the code
	 */
	public record Block(Path file, int line, String heading, String code) {

		@Override
		public String toString() {
			return this.file.getFileName() + ":" + this.line;
		}

	}

}
