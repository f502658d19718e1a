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

package io.github.imds.cli.record;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.github.imds.category.MetadataCategory;

/**
 * Replaces what identifies an instance, its account and its owner. The same original has
 * the same replacement everywhere, in paths and in values.
 *
 * @since 0.1.0
 */
public final class Anonymizer {

	private static final Pattern ACCOUNT = Pattern
		.compile("arn:[a-z-]+:[a-z0-9-]*:[a-z0-9-]*:(\\d{12}):|\"(?:accountId|AccountId)\"\\s*:\\s*\"(\\d{12})\"");

	/**
	 * Identifiers that have a recognizable form, anywhere in a value.
	 */
	private static final Pattern FORMS = Pattern.compile("(?<arn>arn:[a-z-]+:iam::)(?<owner>\\d{12}):(?<type>[a-z-]+/)"
			+ "(?<name>[\\w+=,.@/-]+)|(?<mac>\\b[0-9a-f]{2}(?::[0-9a-f]{2}){5}\\b)"
			+ "|(?<host>\\b(?:ip|ec2)-)(?<dashed>\\d{1,3}(?:-\\d{1,3}){3}\\b)"
			+ "|(?<ipv4>(?<![\\d.])\\d{1,3}(?:\\.\\d{1,3}){3}(?:/\\d{1,2})?(?![\\d.]\\d))"
			+ "|(?<ipv6>(?<![\\w:])(?:[0-9a-fA-F]{1,4}:){2,7}[0-9a-fA-F:]*(?:/\\d{1,3})?(?![\\w:]))"
			+ "|(?<prefix>\\b[a-z]{1,12}-)(?:[0-9a-f]{32}|[0-9a-f]{17}|[0-9a-f]{8})\\b"
			+ "|(?<iam>\\bA[A-Z]{2}A[A-Z0-9]{12,28}\\b)|(?<digits>(?<!\\d)\\d{12}(?!\\d))");

	private static final Pattern AWS_HOST = Pattern
		.compile("\\S+\\.(?:compute\\.internal|ec2\\.internal|compute(?:-1)?\\.amazonaws\\.com(?:\\.cn)?)");

	private final MadeUp madeUp = new MadeUp();

	private final Addresses addresses = new Addresses();

	private final Set<String> accounts = new HashSet<>();

	private Anonymizer() {
	}

	/**
	 * Replace what identifies the recorded instance.
	 * @param bodies the bodies by path
	 * @param isKept tells whether the body at a path is kept as it is
	 * @return other bodies by other paths
	 */
	public static Map<String, byte[]> anonymize(Map<String, byte[]> bodies, Predicate<String> isKept) {
		Anonymizer anonymizer = new Anonymizer();
		bodies.forEach(anonymizer::collectAccounts);
		Map<String, byte[]> anonymous = new TreeMap<>();
		bodies.forEach((path, body) -> {
			boolean kept = isKept.test(path);
			anonymous.put(anonymizer.path(path), kept ? body : anonymizer.body(path, body));
		});
		return anonymous;
	}

	private void collectAccounts(String path, byte[] body) {
		String text = new String(body, StandardCharsets.UTF_8);
		if (path.endsWith("/owner-id")) {
			this.accounts.add(text.strip());
		}
		ACCOUNT.matcher(text)
			.results()
			.map((result) -> (result.group(1) != null) ? result.group(1) : result.group(2))
			.forEach(this.accounts::add);
	}

	private String path(String path) {
		String[] segments = path.split("/");
		for (int i = 0; i < segments.length; i++) {
			String parent = String.join("/", Arrays.copyOf(segments, i));
			segments[i] = switch (parent) {
				case "meta-data/iam/security-credentials" -> this.madeUp.name("role", segments[i]);
				case "meta-data/managed-ssh-keys/active-keys" -> this.madeUp.name("user", segments[i]);
				case "meta-data/public-keys" -> publicKeyName(segments[i]);
				default -> segments[i];
			};
		}
		return path.startsWith("meta-data/tags/") ? path : forms(String.join("/", segments));
	}

	private String publicKeyName(String listed) {
		int separator = listed.indexOf('=');
		return (separator == -1) ? listed
				: listed.substring(0, separator + 1) + this.madeUp.name("key", listed.substring(separator + 1));
	}

	private byte[] body(String path, byte[] body) {
		String text;
		try {
			text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
		}
		catch (CharacterCodingException ex) {
			return body;
		}
		return body(path, text).getBytes(StandardCharsets.UTF_8);
	}

	private String body(String path, String text) {
		if (path.startsWith("meta-data/public-keys/")) {
			return lines(text, this.madeUp::publicKey);
		}
		MetadataCategory category = MetadataCategory.of(path).orElse(null);
		if (category == null) {
			return forms(text);
		}
		return switch (category) {
			case TAGS_INSTANCE -> text.isEmpty() ? text : this.madeUp.name("value", text);
			case SECURITY_GROUPS, NETWORK_INTERFACES_MACS_SECURITY_GROUPS ->
				lines(text, (line) -> this.madeUp.name("security-group", line));
			case PLACEMENT_GROUP_NAME -> this.madeUp.name("placement-group", text);
			case MANAGED_SSH_KEYS_ACTIVE_KEYS -> lines(text, this.madeUp::publicKey);
			case AMI_MANIFEST_PATH -> text.startsWith("(") ? text : this.madeUp.name("bucket", text) + "/image";
			case HOSTNAME, LOCAL_HOSTNAME, PUBLIC_HOSTNAME, NETWORK_INTERFACES_MACS_LOCAL_HOSTNAME,
					NETWORK_INTERFACES_MACS_PUBLIC_HOSTNAME ->
				Arrays.stream(text.split(" ")).map(this::host).collect(Collectors.joining(" "));
			case DYNAMIC_INSTANCE_IDENTITY_PKCS7, DYNAMIC_INSTANCE_IDENTITY_RSA2048, DYNAMIC_INSTANCE_IDENTITY_DSA2048,
					DYNAMIC_INSTANCE_IDENTITY_SIGNATURE ->
				MadeUp.base64(text);
			default -> forms(text);
		};
	}

	private String host(String host) {
		if (host.isEmpty() || AWS_HOST.matcher(host).matches()) {
			return forms(host);
		}
		int dot = host.indexOf('.');
		String name = (dot == -1) ? host : host.substring(0, dot);
		String other = forms(name);
		other = other.equals(name) ? this.madeUp.name("host", name) : other;
		return (dot == -1) ? other : other + "." + this.madeUp.name("domain", host.substring(dot + 1)) + ".example";
	}

	private static String lines(String text, UnaryOperator<String> replacement) {
		return Arrays.stream(text.split("\n", -1))
			.map((line) -> line.isBlank() ? line : replacement.apply(line))
			.collect(Collectors.joining("\n"));
	}

	private String forms(String text) {
		Matcher matcher = FORMS.matcher(text);
		StringBuilder replaced = new StringBuilder();
		while (matcher.find()) {
			matcher.appendReplacement(replaced, Matcher.quoteReplacement(form(matcher)));
		}
		return matcher.appendTail(replaced).toString();
	}

	private String form(Matcher groups) {
		String text = groups.group();
		if (groups.group("arn") != null) {
			return groups.group("arn") + this.madeUp.account(groups.group("owner")) + ":" + groups.group("type")
					+ this.madeUp.name("role", groups.group("name"));
		}
		if (groups.group("mac") != null) {
			return this.madeUp.mac(text);
		}
		if (groups.group("dashed") != null) {
			return groups.group("host")
					+ this.addresses.ipv4(groups.group("dashed").replace('-', '.')).replace('.', '-');
		}
		if (groups.group("ipv4") != null) {
			return this.addresses.ipv4(text);
		}
		if (groups.group("ipv6") != null) {
			return this.addresses.ipv6(text);
		}
		if (groups.group("prefix") != null) {
			return this.madeUp.resourceId(groups.group("prefix"), text);
		}
		if (groups.group("iam") != null) {
			return this.madeUp.iamId(text);
		}
		return this.accounts.contains(text) ? this.madeUp.account(text) : text;
	}

}
