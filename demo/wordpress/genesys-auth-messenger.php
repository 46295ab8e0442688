<?php
/**
 * Plugin Name: Genesys Auth Messenger
 * Description: Visitors log in with your own OpenID Connect provider and chat as themselves in Genesys Cloud Messenger.
 * Version: 0.1.0
 * Requires at least: 5.7
 * Requires PHP: 7.4
 * License: MIT
 */

namespace GenesysAuthMessenger;

defined( 'ABSPATH' ) || exit;

/** The option with all settings, the page where they are set, and the shortcode. */
const NAME = 'genesys_auth_messenger';

/** Each setting's label, kind (or its choices) and help. */
const FIELDS = array(
	'src'           => array( 'Address of the file', 'url', 'Where you have published genesys-auth-messenger.js, with its other files beside it.' ),
	'integrity'     => array( 'Integrity', 'text', 'From integrity.json: “sha384-…”. Change it together with the file. May stay empty.' ),
	'deployment-id' => array( 'Deployment ID', 'required', 'From the Messenger snippet of your deployment. The snippet itself is not needed.' ),
	'environment'   => array( 'Environment', 'required', 'From the same snippet, for example “prod-euc1”.' ),
	'issuer'        => array( 'Issuer', 'url', 'Of your provider, exactly as in its discovery document.' ),
	'client-id'     => array( 'Client ID', 'required', 'Of the client that your integration in Genesys Cloud uses. Its secret belongs there, never here.' ),
	'redirect-page' => array( 'Page for answers', 'page', 'The provider sends everybody to this page, and they go on to the page where they began. It needs no button.' ),
	'mode'          => array( 'Log in', array( 'redirect' => 'in the page', 'popup' => 'in a popup' ), '' ),
	'logout'        => array( 'Log out', array( 'messenger' => 'of the chat', 'provider' => 'of the chat and of the provider' ), '' ),
	'scope'         => array( 'Scope', 'text', 'Empty: “openid profile email”.' ),
	'target'        => array( 'Button in', 'text', 'A CSS selector, such as “body > header”. Empty: only where the shortcode stands.' ),
	'silent'        => array( 'Silent', 'checkbox', 'Sign in without a click whom the provider already knows.' ),
	'account'       => array( 'Same person', 'checkbox', 'End the chat when another user of this site logs in, or when the user logs out of this site. The page then holds the number of its own user.' ),
);

function settings() {
	return array_merge( array_fill_keys( array_keys( FIELDS ), '' ), (array) get_option( NAME, array() ) );
}

function sanitize( $input ) {
	$clean = array();
	foreach ( FIELDS as $name => list( , $kind ) ) {
		$value = isset( $input[ $name ] ) && is_string( $input[ $name ] ) ? trim( $input[ $name ] ) : '';
		if ( is_array( $kind ) ) {
			$clean[ $name ] = isset( $kind[ $value ] ) ? $value : key( $kind );
		} elseif ( 'url' === $kind ) {
			$clean[ $name ] = esc_url_raw( $value, array( 'https', 'http' ) );
		} else {
			$clean[ $name ] = 'page' === $kind ? (string) absint( $value ) : sanitize_text_field( $value );
		}
	}
	return $clean;
}

function redirect_uri() {
	$page = (int) settings()['redirect-page'];
	return 'publish' === get_post_status( $page ?: -1 ) ? get_permalink( $page ) : home_url( '/' );
}

/** The attributes of the script's tag, which is what configures. */
function attributes() {
	$set        = array_filter( settings(), 'strlen' );
	$attributes = array( 'async' => true, 'src' => $set['src'] );
	if ( isset( $set['integrity'] ) ) {
		$attributes += array( 'integrity' => $set['integrity'], 'crossorigin' => 'anonymous' );
	}
	foreach ( array( 'deployment-id', 'environment', 'issuer', 'client-id', 'mode', 'logout', 'scope', 'silent' ) as $name ) {
		if ( isset( $set[ $name ] ) ) {
			$attributes[ "data-$name" ] = $set[ $name ];
		}
	}
	if ( isset( $set['account'] ) ) {
		$attributes['data-account'] = is_user_logged_in() ? (string) get_current_user_id() : '';
	}
	return $attributes + array( 'data-redirect-uri' => redirect_uri(), 'data-target' => $set['target'] ?? '' );
}

add_action( 'wp_enqueue_scripts', function () {
	$set = settings();
	if ( $set['src'] && $set['deployment-id'] && $set['issuer'] && $set['client-id'] ) {
		wp_enqueue_script( NAME, $set['src'], array(), null, false );
	}
} );

add_filter( 'script_loader_tag', function ( $tag, $handle ) {
	return NAME === $handle ? wp_get_script_tag( attributes() ) : $tag;
}, 10, 2 );

// `error` is a variable of WordPress's own: with plain permalinks, a static front page gives way to the list of posts for it.
add_filter( 'request', function ( $query ) {
	if ( isset( $_GET['error'], $_GET['state'] ) ) {
		unset( $query['error'] );
	}
	return $query;
} );

// A place and two labels, nothing that configures. A div, because block themes lay out blocks only.
add_shortcode( NAME, function ( $written ) {
	$labels = shortcode_atts( array( 'login_label' => '', 'logout_label' => '' ), $written );
	$html   = '<div data-genesys-auth-messenger';
	foreach ( array_filter( $labels, 'strlen' ) as $name => $label ) {
		$html .= sprintf( ' data-%s="%s"', strtr( $name, '_', '-' ), esc_attr( $label ) );
	}
	return "$html></div>";
} );

add_action( 'admin_menu', function () {
	add_options_page( 'Genesys Auth Messenger', 'Genesys Auth Messenger', 'manage_options', NAME, __NAMESPACE__ . '\\show_page' );
} );

add_action( 'admin_init', function () {
	register_setting( NAME, NAME, array( 'type' => 'array', 'sanitize_callback' => __NAMESPACE__ . '\\sanitize' ) );
	add_settings_section( NAME, '', __NAMESPACE__ . '\\show_introduction', NAME );
	foreach ( FIELDS as $name => list( $label ) ) {
		add_settings_field( $name, $label, __NAMESPACE__ . '\\show_field', NAME, NAME, array( 'label_for' => NAME . "-$name", 'name' => $name ) );
	}
} );

function show_page() {
	echo '<div class="wrap"><h1>Genesys Auth Messenger</h1><form action="options.php" method="post">';
	settings_fields( NAME );
	do_settings_sections( NAME );
	submit_button();
	echo '</form></div>';
}

function show_introduction() {
	printf( '<p>Register this redirect URI at your provider, letter by letter: <code>%s</code></p>', esc_html( redirect_uri() ) );
	echo '<p>It changes with the permalinks and with the page for answers. With plain permalinks (<code>/?p=12</code>), too, one page serves all others.</p>';
	printf( '<p>Authors place the button by <code>[%s]</code>. It takes <code>login_label</code> and <code>logout_label</code>, and configures nothing.</p>', esc_html( NAME ) );
}

function show_field( $field ) {
	list( , $kind, $help ) = FIELDS[ $field['name'] ];
	$value = settings()[ $field['name'] ];
	$named = sprintf( 'id="%s" name="%s"', esc_attr( $field['label_for'] ), esc_attr( NAME . "[{$field['name']}]" ) );
	if ( 'page' === $kind ) {
		wp_dropdown_pages( array(
			'id'                => $field['label_for'],
			'name'              => NAME . "[{$field['name']}]",
			'selected'          => (int) $value,
			'show_option_none'  => 'Front page',
			'option_none_value' => '0',
		) );
	} elseif ( is_array( $kind ) ) {
		echo "<select $named>";
		foreach ( $kind as $choice => $label ) {
			printf( '<option value="%s"%s>%s</option>', esc_attr( $choice ), selected( $value, $choice, false ), esc_html( $label ) );
		}
		echo '</select>';
	} elseif ( 'checkbox' === $kind ) {
		printf( '<input type="checkbox" %s value="1"%s>', $named, checked( $value, '1', false ) );
	} else {
		printf( '<input type="%s" class="regular-text code" %s value="%s"%s>', 'url' === $kind ? 'url' : 'text', $named, esc_attr( $value ), 'text' === $kind ? '' : ' required' );
	}
	echo $help ? '<p class="description">' . esc_html( $help ) . '</p>' : '';
}

register_activation_hook( __FILE__, function () {
	register_uninstall_hook( __FILE__, __NAMESPACE__ . '\\uninstall' );
} );

function uninstall() {
	delete_option( NAME );
}
