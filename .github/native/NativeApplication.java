package com.example;

import io.github.imds.metadata.InstanceMetadata;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;

@SpringBootApplication
public class NativeApplication {

	public static void main(String[] args) {
		try (ConfigurableApplicationContext context = SpringApplication.run(NativeApplication.class, args)) {
			System.out.println("SEEN " + context.getEnvironment().getProperty("orders.name") + " "
					+ context.getBean(InstanceMetadata.class).region());
		}
	}

}
