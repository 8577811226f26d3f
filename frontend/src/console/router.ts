import { createRouter, createWebHistory } from 'vue-router'

/** Every page is fetched when it is first visited. */
export const router = createRouter({
  history: createWebHistory('/console'),
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
  routes: [
    { path: '/', name: 'contests', component: () => import('./programme/ContestList.vue') },
    { path: '/import', name: 'import', component: () => import('./programme/ImportPage.vue') },
    { path: '/accounts', name: 'accounts', component: () => import('./identity/AccountList.vue') },
    { path: '/audit', name: 'audit', component: () => import('./identity/AuditList.vue') },
    { path: '/backups', name: 'backups', component: () => import('./backup/BackupPage.vue') },
    { path: '/me', name: 'me', component: () => import('./identity/OwnPage.vue') },
    {
      path: '/contests/:id',
      component: () => import('./programme/ContestPage.vue'),
      props: true,
      children: [
        { path: '', name: 'contest', component: () => import('./judging/DeskPage.vue') },
        { path: 'directory', name: 'directory', component: () => import('./programme/DirectoryPage.vue') },
        {
          path: 'registration-terms',
          name: 'contest-terms',
          component: () => import('./registration/ContestTermsPage.vue'),
          props: true,
        },
        {
          path: 'sheets',
          name: 'contest-sheets',
          component: () => import('./registration/ContestSheetsPage.vue'),
          props: true,
        },
        { path: 'settings', name: 'settings', component: () => import('./programme/SettingsPage.vue') },
      ],
    },
    {
      path: '/events/:id',
      component: () => import('./programme/EventPage.vue'),
      props: true,
      children: [
        { path: '', name: 'event', component: () => import('./judging/OverviewPage.vue') },
        { path: 'outstanding', name: 'outstanding', component: () => import('./results/OutstandingPage.vue') },
        { path: 'recheck', name: 'recheck', component: () => import('./results/RecheckPage.vue') },
        { path: 'publication', name: 'publication', component: () => import('./results/PublicationPage.vue') },
        { path: 'entries', name: 'entries', component: () => import('./programme/EntriesPage.vue') },
        { path: 'chairs', name: 'chairs', component: () => import('./programme/ChairsPage.vue') },
        { path: 'scheme', name: 'scheme', component: () => import('./programme/SchemePage.vue') },
        { path: 'pairing', name: 'pairing', component: () => import('./identity/PairingPage.vue') },
        { path: 'entering', name: 'entering', component: () => import('./entering/EnteringPage.vue') },
        { path: 'records', name: 'records', component: () => import('./judging/RecordsPage.vue') },
        {
          path: 'registrations',
          name: 'registrations',
          component: () => import('./registration/RegistrationsPage.vue'),
        },
        {
          path: 'registrations/:registration',
          name: 'registration',
          component: () => import('./registration/RegistrationPage.vue'),
          props: true,
        },
        {
          path: 'registration-terms',
          name: 'registration-terms',
          component: () => import('./registration/TermsPage.vue'),
          props: true,
        },
        {
          path: 'sheets',
          name: 'registration-sheets',
          component: () => import('./registration/SheetsPage.vue'),
          props: true,
        },
        { path: 'working/:work', name: 'working', component: () => import('./judging/WorkingPage.vue'), props: true },
      ],
    },
    {
      path: '/honours',
      component: () => import('./honours/HonoursPage.vue'),
      children: [
        { path: '', name: 'honours', component: () => import('./honours/CampaignList.vue') },
        { path: 'proposals', name: 'honours-proposals', component: () => import('./honours/ProposalList.vue') },
        { path: 'filings', name: 'honours-filings', component: () => import('./honours/FilingList.vue') },
        { path: 'unions', name: 'honours-bodies', component: () => import('./honours/BodiesPage.vue') },
        { path: 'register', name: 'honours-register', component: () => import('./honours/RegisterPage.vue') },
        { path: 'calendar', name: 'honours-calendar', component: () => import('./honours/CalendarPage.vue') },
      ],
    },
    {
      path: '/honours/campaigns/:id',
      name: 'honour-campaign',
      component: () => import('./honours/CampaignPage.vue'),
      props: true,
    },
    {
      path: '/honours/nominations/:id',
      name: 'honour-nomination',
      component: () => import('./honours/NominationPage.vue'),
      props: true,
    },
    { path: '/:rest(.*)*', name: 'nowhere', component: () => import('./parts/Nowhere.vue') },
  ],
})
